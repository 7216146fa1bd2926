import Glibc

/// The network of one case: a real server's namespace and a prober's, joined by a veth pair, and a
/// third namespace on the same host that nothing reaches.
///
/// The server has 10.0.0.5 and fd00:5::5 on `eth0` and its default route through the prober,
/// 10.0.0.1. On the prober's side every address of 100.64.0.0/10 is local, so that a probe can come
/// from any, and of 203.0.114.0/24, which stands for clients of the Internet.
struct NetworkNamespaces: Sendable {
  private static let directory = "/run/netns"

  let server: String
  let prober: String
  let elsewhere: String

  /// Names the namespaces; `create` makes them.
  init(_ name: LabName) {
    server = "\(name.stem)-server"
    prober = "\(name.stem)-prober"
    elsewhere = "\(name.stem)-elsewhere"
  }

  /// Makes the namespaces and joins them.
  func create() async throws {
    try await Self.batch([
      "netns add \(server)", "netns add \(prober)", "netns add \(elsewhere)",
      "link add eth0 netns \(server) type veth peer name eth0 netns \(prober)",
    ])
    try await Self.batch(
      Self.addresses(ipv4: "10.0.0.1/24", ipv6: "fd00:5::1/64") + [
        "route add local 100.64.0.0/10 dev lo", "route add local 203.0.114.0/24 dev lo",
      ], in: prober)
    try await Self.batch(
      Self.addresses(ipv4: "10.0.0.5/24", ipv6: "fd00:5::5/64") + [
        "route add default via 10.0.0.1"
      ], in: server)
    try await Self.batch(["link set lo up"], in: elsewhere)
  }

  /// Words that run a command in one of these namespaces.
  static func entering(_ namespace: String, _ words: [String]) -> [String] {
    ["/usr/bin/nsenter", "--net=\(directory)/\(namespace)"] + words
  }

  /// Takes the names away; the kernel frees a namespace with its last process.
  func remove() {
    for name in [server, prober, elsewhere] { Self.remove(name) }
  }

  /// Takes away the names that killed runs have left.
  static func removeOfDeadRuns() {
    for name in LabName.ofDeadRuns(in: directory) { remove(name) }
  }

  /// What `ip netns delete` does, without a process: so it also works in a cancelled task.
  private static func remove(_ name: String) {
    let path = "\(directory)/\(name)"
    umount2(path, Int32(MNT_DETACH))
    unlink(path)
  }

  private static func addresses(ipv4: String, ipv6: String) -> [String] {
    [
      "link set lo up", "link set eth0 up", "address add \(ipv4) dev eth0",
      "address add \(ipv6) dev eth0 nodad",
    ]
  }

  private static func batch(_ lines: [String], in namespace: String? = nil) async throws {
    let entered = namespace.map { ["-netns", $0] } ?? []
    try await succeed(
      ["/usr/sbin/ip"] + entered + ["-batch", "-"],
      input: lines.map { $0 + "\n" }.joined())
  }
}
