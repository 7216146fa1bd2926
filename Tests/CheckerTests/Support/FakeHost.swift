import Addressing
import Collectors
import Host
import LoadBalancer
import TestSupport

/// A whole healthy real server made of text, to be broken in one place.
struct FakeHost {
  var sockets = [FakeSocket("0.0.0.0", 80)]
  var udpSockets: [FakeSocket] = []
  /// Sockets of another network namespace, whose process is 900.
  var otherNamespace: [FakeSocket] = []
  var interfaces = [
    FakeInterface(index: 1, name: "lo", flags: 0x1_0049, addresses: ["127.0.0.1/8"]),
    FakeInterface(
      index: 2, name: "eth0", flags: 0x1_1043, addresses: ["10.0.0.5/24", "fd00:5::5/64"]),
    FakeInterface(index: 3, name: "eth1", flags: 0x1_1043, addresses: ["10.1.0.6/24"]),
  ]
  var routes = [
    FakeRoute("default", via: "10.0.0.1", by: 2), FakeRoute("10.0.0.0/24", by: 2),
    FakeRoute("10.1.0.0/24", by: 3), FakeRoute("default", via: "fd00:5::1", by: 2),
    FakeRoute("fd00:5::/64", by: 2),
  ]
  var rules: [FakeRule] = []
  /// Where probes come from.
  var sources = [ProbeSources.range]
  /// Files that differ from the healthy host's; `nil` takes one away.
  var files: [String: String?] = [:]
  var commands: [[String]: Reading<CommandOutput>] = [:]
  var failures: [String: FakeFailure] = [:]
  /// Names of netlink questions that the kernel refuses.
  var refusedQuestions: [String] = []
  var processState: Character = "S"

  /// The facts that the collectors find on it.
  func facts() async -> HostFacts {
    await HostFacts.read(
      from: door, learningFrom: [ProbeSources.range], probeSources: sources)
  }

  private var door: FakeDoor {
    var door = FakeDoor()
    door.files = healthyFiles
    for (path, text) in files { door.files[path] = text }
    door.links = links
    door.failures = failures
    door.commands = [
      ["nft", "-j", "list", "ruleset"]: .output(
        #"{"nftables": [{"metainfo": {"version": "1.0.6"}}]}"#)
    ].merging(commands) { $1 }
    door.directories = ["/run/systemd/system": []]
    door.replies = replies
    return door
  }

  private static let header =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"

  private func listing(_ sockets: [FakeSocket]) -> String {
    FakeHost.header + sockets.map { $0.line + "\n" }.joined()
  }

  private var healthyFiles: [String: String] {
    let four = sockets.filter { !$0.isIPv6 }
    let six = sockets.filter(\.isIPv6)
    return [
      "/proc/self/status": "Name:\tclb-agent\nCapEff:\t0000000000083004\n",
      "/proc/net/tcp": listing(four), "/proc/net/tcp6": listing(six),
      "/proc/net/udp": listing(udpSockets).replacing(" 0A ", with: " 07 "),
      "/proc/net/udp6": FakeHost.header, "/proc/812/comm": "nginx\n",
      "/proc/812/status": "Name:\tnginx\nState:\t\(processState) (x)\nFDSize:\t64\n",
      "/proc/812/cgroup": "0::/system.slice/nginx.service\n",
      "/proc/812/limits": FakeHost.limits,
      "/proc/900/comm": "pause\n",
      "/proc/900/net/tcp": listing(otherNamespace), "/proc/900/net/tcp6": FakeHost.header,
      "/proc/900/net/udp": FakeHost.header, "/proc/900/net/udp6": FakeHost.header,
      "/proc/net/netstat": "TcpExt: ListenOverflows TCPReqQFullDrop\nTcpExt: 0 0\n",
      "/proc/sys/net/ipv4/icmp_echo_ignore_all": "0\n",
      "/proc/sys/net/ipv4/tcp_timestamps": "1\n", "/proc/sys/net/core/somaxconn": "511\n",
      "/proc/sys/net/ipv4/tcp_max_syn_backlog": "1024\n",
      "/proc/sys/net/ipv4/conf/all/rp_filter": "1\n",
      "/proc/sys/net/ipv4/conf/eth0/rp_filter": "0\n",
      "/proc/sys/net/ipv4/conf/eth1/rp_filter": "0\n",
      "/proc/sys/net/ipv4/conf/lo/rp_filter": "0\n",
      "/proc/pressure/cpu": FakeHost.pressure(0), "/proc/pressure/memory": FakeHost.pressure(0),
      "/proc/pressure/io": FakeHost.pressure(0), "/proc/loadavg": "0.10 0.10 0.10 1/100 4000\n",
      "/sys/devices/system/cpu/online": "0-1\n", "/proc/sys/kernel/hostname": "web-1\n",
      "/proc/1/comm": "systemd\n",
    ]
  }

  private static let limits = """
    Limit                     Soft Limit           Hard Limit           Units
    Max open files            1024                 524288               files\n
    """

  /// A pressure file of which both lines have this share of the last ten seconds and minute.
  static func pressure(_ percent: Int) -> String {
    ["some", "full"].map { "\($0) avg10=\(percent).00 avg60=\(percent).00 avg300=0.00 total=9\n" }
      .joined()
  }

  private var links: [String: String] {
    var links = [
      "/proc/self/ns/net": "net:[1]", "/proc/812/ns/net": "net:[1]", "/proc/900/ns/net": "net:[2]",
      "/proc/812/exe": "/usr/sbin/nginx",
    ]
    for (index, socket) in sockets.enumerated() {
      links["/proc/\(socket.owner)/fd/\(index + 3)"] = "socket:[\(socket.inode)]"
    }
    return links
  }

  private var replies: [String: Reading<[NetlinkMessage]>] {
    let named = sockets.filter(\.isDiagnosed)
    let all: [String: [NetlinkMessage]] = [
      "sock_diag(7) of listening tcp sockets": named.filter { !$0.isIPv6 }.map(\.diagnosis),
      "sock_diag(7) of listening tcp6 sockets": named.filter(\.isIPv6).map(\.diagnosis),
      "sock_diag(7) of listening udp sockets": [], "sock_diag(7) of listening udp6 sockets": [],
      "sock_diag(7) of tcp connections with 100.64.0.0/10": [],
      "sock_diag(7) of tcp6 connections with 100.64.0.0/10": [],
      "rtnetlink(7) links": interfaces.map(\.link),
      "rtnetlink(7) addresses": interfaces.flatMap(\.addressMessages),
      "rtnetlink(7) IPv4 routes": routes(of: .ipv4), "rtnetlink(7) IPv6 routes": routes(of: .ipv6),
      "rtnetlink(7) IPv4 rules": rules.map(\.message), "rtnetlink(7) IPv6 rules": [],
    ]
    let lists = Dictionary(
      uniqueKeysWithValues: all.map { question, messages -> (String, Reading<[NetlinkMessage]>) in
        let source = Source.netlink(question)
        return refusedQuestions.contains(question)
          ? (question, .denied(source, needs: .netAdmin))
          : (question, .value(messages, from: source))
      })
    return lists.merging(replyRoutes) { $1 }
  }

  private func routes(of family: IPAddress.Family) -> [NetlinkMessage] {
    routes.filter { $0.destination.base.family == family }.map(\.message)
  }
}

/// An interface of a fake host, as rtnetlink(7) tells it.
struct FakeInterface {
  var index: UInt32
  var name: String
  /// `IFF_UP` 0x1, `IFF_LOOPBACK` 0x8, `IFF_LOWER_UP` 0x10000.
  var flags: UInt32
  var addresses: [String]
  /// The kernel's name of a virtual interface's kind.
  var kind: String?
  /// The index of the VRF that it is a part of.
  var master: UInt32?
  /// The number of an XDP program on it.
  var program: UInt32?
  /// Whether duplicate address detection still goes on for its addresses.
  var isTentative = false

  var link: NetlinkMessage {
    var bytes: [UInt8] = [0, 0, 1, 0]
    bytes.append(hostOrder: index)
    bytes.append(hostOrder: flags)
    bytes.append(hostOrder: UInt32.max)
    bytes += attribute(3, Array(name.utf8) + [0])
    if let kind { bytes += attribute(18, attribute(1, Array(kind.utf8) + [0])) }
    if let master { bytes += attribute(10, number(master)) }
    if let program { bytes += attribute(43, attribute(2, [1]) + attribute(4, number(program))) }
    return NetlinkMessage(type: 16, payload: bytes)
  }

  private func number(_ number: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(hostOrder: number)
    return bytes
  }

  var addressMessages: [NetlinkMessage] {
    addresses.compactMap { text in
      let parts = text.split(separator: "/")
      guard parts.count == 2, let address = IPAddress(parsing: parts[0]),
        let length = UInt8(parts[1])
      else { return nil }
      var bytes: [UInt8] = [
        address.family == .ipv4 ? 2 : 10, length, isTentative ? 0xC0 : 0x80, 0,
      ]
      bytes.append(hostOrder: index)
      return NetlinkMessage(type: 20, payload: bytes + attribute(1, address.networkBytes))
    }
  }
}
