import Addressing
import Testing

/// What the lab itself measures and makes, without any evaluator.
@Suite("The packet-filter lab")
struct LabTests {
  /// A rule or two with what a probe then meets.
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var load: [LoadStep]
    var source = "100.64.1.7"
    var destination = "10.0.0.5"
    var proto: TransportName = .tcp
    var verdict: Outcome.Verdict
    var code: String?
    var to: String?
    var port: Int?
  }

  private static func iptables(_ table: String, _ rule: String) -> [LoadStep] {
    [LoadStep(words: ["iptables-legacy-restore"], input: "*\(table)\n\(rule)\nCOMMIT\n")]
  }

  private static func nft(_ hook: String, _ rule: String) -> [LoadStep] {
    let text = "table inet t {\n chain c {\n type filter hook \(hook) priority 0\n \(rule)\n }\n}\n"
    return [LoadStep(words: ["nft", "-f", "-"], input: text)]
  }

  private static let rows = [
    Row(testDescription: "an empty host answers a SYN", load: [], verdict: .accept),
    Row(
      testDescription: "an empty host echoes a datagram", load: [], proto: .udp, verdict: .accept,
      port: 80),
    Row(testDescription: "an empty host answers a ping", load: [], proto: .icmp, verdict: .accept),
    Row(
      testDescription: "an empty host answers over IPv6", load: [], source: "fd00:64::7",
      destination: "fd00:5::5", verdict: .accept),
    Row(
      testDescription: "a dropped SYN is silence",
      load: iptables("filter", "-A INPUT -s 100.64.0.0/10 -j DROP"), verdict: .drop),
    Row(
      testDescription: "a dropped answer is silence", load: nft("output", "drop"), verdict: .drop),
    Row(
      testDescription: "a reset is told from an ICMP error",
      load: iptables("filter", "-A INPUT -p tcp -j REJECT --reject-with tcp-reset"),
      verdict: .reject, code: "rst"),
    Row(
      testDescription: "an ICMP error has type and code",
      load: nft("input", "reject with icmpx admin-prohibited"), proto: .udp, verdict: .reject,
      code: "3/13"),
    Row(
      testDescription: "an ICMPv6 error finds its probe", load: nft("input", "reject"),
      source: "fd00:64::7", destination: "fd00:5::5", proto: .icmp, verdict: .reject, code: "1/4"),
    Row(
      testDescription: "a redirected datagram says where it arrived",
      load: iptables("nat", "-A PREROUTING -p udp -j REDIRECT --to-ports 8080"), proto: .udp,
      verdict: .accept, port: 8080),
    Row(
      testDescription: "a forwarded SYN is seen behind the host",
      load: iptables("nat", "-A PREROUTING -p tcp -j DNAT --to-destination 172.17.0.2:8080"),
      verdict: .forward, to: "172.17.0.2", port: 8080),
  ]

  @Test("tells what a packet met", .needsKernel, arguments: rows)
  func outcome(_ row: Row) async throws {
    let source = try #require(AddressPrefix(parsing: row.source))
    let destination = try #require(IPAddress(parsing: row.destination))
    let question = Question(
      src: source, dst: destination, proto: row.proto, dport: row.proto == .icmp ? nil : 80,
      iif: "eth0")
    let probe = Probe(question, from: source.base, port: 4000)
    let rounds = try await World.measure(World.Job(load: row.load, probes: [probe])).outcomes()
    #expect(rounds.count == 2)
    for outcome in rounds.compactMap(\.first) {
      #expect(outcome.verdict == row.verdict)
      #expect(outcome.code == row.code)
      #expect(outcome.to?.description == row.to)
      #expect(outcome.port == row.port)
    }
  }

  @Test("says which line a tool refused", .needsKernel)
  func refusal() async throws {
    let load = Self.iptables("filter", "-A INPUT -j NOWHERE")
    let measurement = try await World.measure(World.Job(load: load, probes: []))
    let refusal = try #require(measurement.failure)
    #expect(refusal.words == ["iptables-legacy-restore"])
    #expect(throws: Refusal.self) { try measurement.outcomes() }
  }

  @Test("makes the same ruleset and questions of the same seed")
  func seeded() {
    for seed in UInt64(1)...20 {
      var first = RulesetGenerator(seed: seed)
      var second = RulesetGenerator(seed: seed)
      let ruleset = first.ruleset()
      #expect(ruleset == second.ruleset())
      var asked = QuestionGenerator(ruleset, seed: seed)
      var again = QuestionGenerator(ruleset, seed: seed)
      #expect(asked.questions(8) == again.questions(8))
    }
  }
}
