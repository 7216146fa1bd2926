import Addressing
import Checker
import LoadBalancer
import TestSupport

extension Scenario {
  /// Rules that let every probe in, and what they do to clients.
  static let clients: [Scenario] = [
    filtered(
      "lets probes in and nobody else", [.accept("100.64.0.0", 10), .drop()], isGreen: true),
    filtered("lets half of all addresses in", [.drop("128.0.0.0", 1)], isGreen: false),
    filtered(
      "lets an eighth of all public addresses in",
      [.accept("100.64.0.0", 10), .accept("32.0.0.0", 3), .drop()], isGreen: true),
    filtered("bans a few", [.drop("203.0.114.7", 32), .drop("8.8.0.0", 16)], isGreen: false),
    filtered(
      "drops what no host has", [.drop("192.0.2.0", 24), .drop("224.0.0.0", 3)], isGreen: false),
    filtered(
      "lets private networks in, behind nobody knows which CLB",
      [.accept("100.64.0.0", 10), .accept("10.0.0.0", 8), .drop()], isGreen: false),
    filtered(
      "lets private networks in, behind a public CLB",
      [.accept("100.64.0.0", 10), .accept("10.0.0.0", 8), .drop()], isGreen: true
    ) { $0.stand(behind: .open) },
    filtered(
      "lets one private network in, behind an internal CLB",
      [.accept("100.64.0.0", 10), .accept("10.0.0.0", 24), .drop()], isGreen: false
    ) { $0.stand(behind: .internal) },
    filtered(
      "lets the public in, behind an internal CLB",
      [.drop("10.0.0.0", 8), .drop("172.16.0.0", 12), .drop("192.168.0.0", 16)], isGreen: true
    ) { $0.stand(behind: .internal) },
    filtered(
      "lets the clients in that the settings name",
      [.accept("100.64.0.0", 10), .accept("198.18.0.0", 15), .drop()], isGreen: false
    ) { $0.clients = [AddressPrefix(parsing: "198.18.0.0/16")].compactMap(\.self) },
    filtered(
      "drops the clients that the settings name", [.drop("198.18.0.0", 15)], isGreen: true
    ) { $0.clients = [AddressPrefix(parsing: "198.18.0.0/16")].compactMap(\.self) },
    filtered(
      "lets the CLB's range in, by which kept connections come",
      [.accept("100.64.0.0", 10), .drop()], isGreen: false
    ) { target in
      target.listener = .rule
      target.listener?.keepsConnections = true
      target.healthCheck.httpCheckDomain = "shop.example.com"
    },
    filtered(
      "bans very many, so that a sample stands for all",
      (0..<6000).map { .drop("11.\($0 >> 8).\($0 & 255).7", 32) }, isGreen: false),
    filtered(
      "bans very many, and lets probes in and nobody else",
      (0..<6000).map { .drop("11.\($0 >> 8).\($0 & 255).7", 32) }
        + [.accept("100.64.0.0", 10), .drop()], isGreen: true),
    filtered(
      "drops what comes to the backend port alone",
      [
        #"{"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 8080}}"#
      ]
      .map { FilteredBy(statements: [$0, #"{"drop": null}"#]) }, isGreen: true
    ) { $0.servicePort = 8080 },
  ]

  /// A statement list of one rule.
  struct FilteredBy {
    var statements: [String]

    static func accept(_ address: String, _ length: Int) -> FilteredBy {
      FilteredBy(statements: [source(address, length), #"{"accept": null}"#])
    }

    static func drop(_ address: String, _ length: Int) -> FilteredBy {
      FilteredBy(statements: [source(address, length), #"{"drop": null}"#])
    }

    static func drop() -> FilteredBy { FilteredBy(statements: [#"{"drop": null}"#]) }
  }

  /// - Parameter isGreen: whether the check is green while clients are stopped.
  private static func filtered(
    _ description: String, _ rules: [FilteredBy], isGreen: Bool,
    target: @escaping @Sendable (inout Target) -> Void = { _ in }
  ) -> Scenario {
    Scenario(
      "a filter that \(description)", raises: isGreen ? ["packet-filter.drops-clients"] : [],
      isGreen ? .warn : .pass,
      host: {
        $0.sockets.append(FakeSocket("0.0.0.0", 8080, inode: 4001))
        $0.commands[["nft", "-j", "list", "ruleset"]] = .output(
          ruleset(rules.map(\.statements), hook: "input"))
      }, target: target)
  }
}

extension Target {
  /// Puts the target behind a TCP listener of a CLB of this kind.
  fileprivate mutating func stand(behind kind: CloudLoadBalancer.Kind) {
    var reference = ListenerReference(
      loadBalancerID: "lb-a1b2c3d4", listenerID: "lbl-tcp00001", listenerProtocol: .tcp,
      listenerPort: 80)
    reference.loadBalancer = LoadBalancerTraits(kind: kind)
    listener = reference
    healthCheck.httpCheckDomain = "shop.example.com"
  }
}
