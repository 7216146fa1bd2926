import Addressing
import PacketFilter

/// The host that the corpus was probed on: two interfaces, the default route by the first.
enum TestHost {
  static let addresses = """
    lo               UNKNOWN        127.0.0.1/8 ::1/128
    eth0@if2         UP             10.0.0.5/32 fd00:5::5/128 fe80::ff:fe00:a05/64
    eth1@if3         UP             10.1.0.1/32 fd00:1::1/128
    """
  static let routes4 = """
    default via 198.18.0.1 dev eth0 src 10.0.0.5 onlink
    10.1.0.0/24 via 198.18.0.1 dev eth1 src 10.1.0.1 onlink
    local 10.0.0.5 dev eth0 table local proto kernel scope host src 10.0.0.5
    local 10.1.0.1 dev eth1 table local proto kernel scope host src 10.1.0.1
    local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1
    broadcast 127.255.255.255 dev lo table local proto kernel scope link src 127.0.0.1
    """
  static let routes6 = """
    fd00:1::/64 via fe80::1 dev eth1 metric 1024 onlink pref medium
    default via fe80::1 dev eth0 metric 1024 onlink pref medium
    local ::1 dev lo table local proto kernel metric 0 pref medium
    local fd00:1::1 dev eth1 table local proto kernel metric 0 pref medium
    local fd00:5::5 dev eth0 table local proto kernel metric 0 pref medium
    multicast ff00::/8 dev eth0 table local proto kernel metric 256 pref medium
    """

  static let view = HostView(
    addresses: addresses, routes: [(routes4, .ipv4), (routes6, .ipv6)])
}

/// A question in one line: `SOURCES -> DESTINATION:PORT/PROTOCOL`, by eth0 unless another is named.
struct Asked {
  let question: FilterQuestion?

  init(_ text: String, by interface: String = "eth0", sourcePort: UInt16? = nil) {
    let halves = text.split(separator: ">", maxSplits: 1).map { $0.filter { $0 != " " } }
    guard halves.count == 2, let source = AddressPrefix(parsing: String(halves[0].dropLast())),
      let slash = halves[1].lastIndex(of: "/"),
      let transport = FilterQuestion.TransportKind(
        rawValue: String(halves[1][halves[1].index(after: slash)...]))
    else {
      question = nil
      return
    }
    var target = String(halves[1][..<slash])
    var port: UInt16?
    if transport != .icmp, let colon = target.lastIndex(of: ":") {
      port = UInt16(target[target.index(after: colon)...])
      target = String(target[..<colon])
    }
    guard let destination = IPAddress(parsing: target.filter { $0 != "[" && $0 != "]" }) else {
      question = nil
      return
    }
    question = FilterQuestion(
      sources: AddressSet(source), sourcePorts: sourcePort.map { PortRange($0) },
      destination: destination, transport: transport, port: port, inInterface: interface)
  }
}

extension FilterAnswer {
  /// The answer in one line: sources, verdict and what belongs to it.
  var brief: String {
    var words = ["\(sources): \(verdict.rawValue)"]
    if let with { words.append(with) }
    if let to { words.append("to \(to)") }
    if direction == .reply { words.append("(reply)") }
    if !because.isEmpty { words.append("because \(because.joined(separator: ", "))") }
    return words.joined(separator: " ")
  }
}

/// The answers to one question about a host with those listings.
func answers(
  _ listings: FilterListings, _ asked: Asked, host: HostView = TestHost.view
) -> [FilterAnswer] {
  guard let question = asked.question else { return [] }
  var evaluator = FilterEvaluator(rules: PacketFilterRules(listings: listings), host: host)
  return evaluator.answers(to: question)
}
