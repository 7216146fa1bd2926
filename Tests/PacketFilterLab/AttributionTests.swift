import Addressing
import Testing

@Suite("The rule that the evaluator names", .serialized)
struct AttributionTests {
  @Test("is the rule that ended the packet in the kernel", .needsTrace, .needsKernel)
  func rules() async throws {
    let tracer = try #require(Tracer.named)
    let options = TrialOptions()
    var compared = 0
    for seed in options.seed..<options.seed + UInt64(options.attributions) {
      var generator = RulesetGenerator(seed: seed)
      let ruleset = generator.ruleset()
      // Of legacy iptables the kernel traces nothing.
      guard ruleset.tables.allSatisfy({ !$0.dialect.isLegacy }) else { continue }
      var questioner = QuestionGenerator(ruleset, seed: seed)
      let asked = questioner.questions(10).flatMap { question in
        questioner.probes(question, 8).map { (question, $0) }
      }
      do {
        let attributions = try await Attribution.compare(ruleset, asked, tracer)
        compared += attributions.count
        var seen: Set<[String?]> = []
        for wrong in attributions where !wrong.isRight {
          let isNew = seen.insert(["\(wrong.drop)", wrong.answer.place]).inserted
          if isNew { Issue.record("seed \(seed): \(wrong)") }
        }
      } catch is Refusal {}
    }
    print("\(compared) rules named")
    #expect(compared > 0)
  }

  @Test("is read from the trace of nf_tables with its place in the chain")
  func trace() throws {
    let text = """
      trace id 5a805361 inet f in packet: iif "eth0" ip saddr 100.64.0.7 ip daddr 10.0.0.5 tcp sport 2000 tcp dport 80 
      trace id 5a805361 inet f in rule ip saddr 100.64.0.0/12 jump x # handle 4 (verdict jump x)
      trace id 5a805361 inet f x rule tcp dport 80 drop # handle 9 (verdict drop)
      trace id 6c5bfaa6 inet f in packet: iif "eth0" ip6 saddr fd00:64::7 icmpv6 type echo-request icmpv6 id 77 
      trace id 6c5bfaa6 inet f in policy drop 
      trace id 7d5bfaa6 inet f in packet: iif "eth0" ip saddr 100.64.0.8 udp sport 53 
      trace id 7d5bfaa6 inet f in policy accept 
      """
    let trace = PacketTrace(parsing: text)
    let byRule = PacketTrace.Drop(family: "inet", table: "f", chain: "x", handle: 9)
    let byPolicy = PacketTrace.Drop(family: "inet", table: "f", chain: "in", handle: nil)
    let first = PacketTrace.Packet(source: .v4(0x6440_0007), port: 2000)
    let second = PacketTrace.Packet(source: .v6(0xFD00_0064 << 96 | 7), port: 77)
    #expect(trace.drops == [first: byRule, second: byPolicy])

    let positions = try RulePositions(
      parsing: """
        {"nftables": [{"metainfo": {}}, {"rule": {"family": "inet", "table": "f", "chain": "x", "handle": 8}},
        {"rule": {"family": "inet", "table": "f", "chain": "x", "handle": 9, "expr": []}}]}
        """)
    #expect(positions.position(of: byRule) == 2)
    #expect(positions.position(of: byPolicy) == nil)
  }
}
