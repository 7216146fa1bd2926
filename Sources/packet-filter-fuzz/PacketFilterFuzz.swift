import Addressing
import PacketFilter

/// The parsers of the packet-filter room.
///
/// Rules are parsed when a packet comes by, so each listing is asked a few questions too.
enum PacketFilterFuzz {
  static func iptablesSave(_ bytes: [UInt8]) {
    ask(FilterListings(legacySave4: .bytes(bytes), legacySave6: .bytes(bytes)))
  }

  /// The sets of the input, behind rules that name the sets `a` to `d` in every way.
  static func ipsetSave(_ bytes: [UInt8]) {
    let rules = """
      *filter
      :INPUT ACCEPT [0:0]
      -A INPUT -m set --match-set a src -j DROP
      -A INPUT -m set ! --match-set b src,dst -j DROP
      -A INPUT -m set --match-set c src,dst,src -j DROP
      -A INPUT -m set --match-set d dst,dst -j REJECT
      COMMIT

      """
    let saved = FilterListings.Text.bytes([UInt8](rules.utf8))
    ask(FilterListings(legacySave4: saved, legacySave6: saved, ipsetSave: .bytes(bytes)))
  }

  static func nftJSON(_ bytes: [UInt8]) {
    ask(FilterListings(nftJSON: .bytes(bytes)))
  }

  static func ipAddresses(_ bytes: [UInt8]) {
    let host = HostView(addresses: String(decoding: bytes, as: UTF8.self), routes: [])
    ask(FilterListings(), host: host)
  }

  static func ipRoutes(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    ask(FilterListings(), host: HostView(addresses: "", routes: [(text, .ipv4), (text, .ipv6)]))
  }

  /// All listings of a host, one behind another with a record separator (0x1E) between.
  static func whole(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0x1E, maxSplits: 8, omittingEmptySubsequences: false)
    func part(_ index: Int) -> [UInt8] { parts.indices.contains(index) ? Array(parts[index]) : [] }
    func listing(_ index: Int) -> FilterListings.Text {
      part(index).isEmpty ? .none : .bytes(part(index))
    }
    func text(_ index: Int) -> String { String(decoding: part(index), as: UTF8.self) }
    let listings = FilterListings(
      nftJSON: listing(0), legacySave4: listing(1), legacySave6: listing(2), nftSave4: listing(3),
      nftSave6: listing(4), ipsetSave: listing(5))
    let routes = [(text(7), IPAddress.Family.ipv4), (text(8), .ipv6)]
    let host = HostView(addresses: text(6), routes: routes)
    ask(listings, host: host)
    change(listings, host)
  }

  /// Lets a rule in before each rule that decided, and asks again, as a remedy is tried before it is told.
  private static func change(_ listings: FilterListings, _ host: HostView) {
    let rules = PacketFilterRules(listings: listings)
    var evaluator = FilterEvaluator(rules: rules, host: host)
    for question in questions {
      let trace = evaluator.trace(question)
      let places = trace.answers.prefix(3).compactMap(\.place).flatMap { rules.places(named: $0) }
      guard let sources = question.sources.prefixes.first else { continue }
      let accepting = AcceptRule(
        sources: sources, transport: question.transport, port: question.port)
      for place in places {
        guard let inserted = rules.inserting(accepting, at: place) else { continue }
        var changed = FilterEvaluator(rules: inserted, host: host)
        check(changed.answers(to: question), of: question)
      }
    }
  }

  private static func ask(_ listings: FilterListings, host: HostView = HostView()) {
    var evaluator = FilterEvaluator(rules: PacketFilterRules(listings: listings), host: host)
    for question in questions {
      let answers = evaluator.answers(to: question)
      check(answers, of: question)
      precondition(FilterAnswer.jsonLine(answers).utf8.count > 0)
    }
  }

  /// Answers are a partition of the sources: none is forgotten, none answered twice.
  private static func check(_ answers: [FilterAnswer], of question: FilterQuestion) {
    var rest = question.sources
    for answer in answers {
      precondition(!answer.sources.isEmpty, "an answer about nobody")
      precondition(
        answer.sources.subtracting(rest).isEmpty, "sources answered twice, or never asked about")
      rest = rest.subtracting(answer.sources)
    }
    precondition(rest.isEmpty, "sources without an answer")
  }

  private static let questions: [FilterQuestion] = [
    question("100.64.0.0/10", "10.0.0.5", .tcp, 80),
    question("100.64.0.0/10", "10.0.0.5", .udp, 53),
    question("100.64.0.0/10", "10.0.0.5", .icmp, nil),
    question("fd00:64::/32", "fd00:5::5", .tcp, 80),
    question("fd00:64::/32", "fd00:5::5", .icmp, nil),
  ].compactMap { $0 }

  private static func question(
    _ sources: String, _ destination: String, _ transport: FilterQuestion.TransportKind,
    _ port: UInt16?
  ) -> FilterQuestion? {
    guard let prefix = AddressPrefix(parsing: sources),
      let address = IPAddress(parsing: destination)
    else { return nil }
    return FilterQuestion(
      sources: AddressSet(prefix), destination: address, transport: transport, port: port,
      inInterface: "eth0")
  }
}
