import Testing

@Suite("The shrinker")
struct ShrinkerTests {
  @Test("leaves only what the test needs", arguments: [UInt64(1), 2, 5, 11, 17])
  func smallest(seed: UInt64) async throws {
    var generator = RulesetGenerator(seed: seed)
    var ruleset = generator.ruleset()
    let wanted = Rule(
      clauses: [Clause("ip saddr 100.64.0.0/10"), Clause("tcp dport", anySetOf: ["80", "443"])],
      action: Clause("drop"))
    let chain = Chain(
      name: "needle", hook: .init(type: "filter", name: "input", priority: 0), policy: .drop,
      rules: [Rule(clauses: [Clause("counter")], action: nil), wanted])
    let table = Table(dialect: .nftables(family: "inet"), name: "hay", chains: [chain])
    ruleset.tables.insert(table, at: ruleset.tables.count / 2)

    let shrunk = try await Shrinker(budget: 2000).shrink(ruleset) { candidate in
      candidate.loadSteps.contains { $0.input.contains("443") && $0.input.contains("drop") }
    }
    #expect(shrunk.tables.count == 1)
    #expect(shrunk.ipSets.isEmpty)
    let rules = shrunk.tables.flatMap { $0.chains.flatMap(\.rules) }
    #expect(rules.count <= 2)
    let text = shrunk.loadSteps.map(\.input).joined()
    #expect(text.contains("443") && text.contains("drop"))
  }

  @Test("takes the rules that send to a lost chain with it")
  func jumps() {
    let inner = Chain(name: "inner", rules: [Rule(clauses: [], action: Clause("drop"))])
    let jump = Rule(clauses: [], action: Clause("jump inner"), targets: ["inner"])
    let outer = Chain(
      name: "outer", hook: .init(type: "filter", name: "input", priority: 0), policy: .accept,
      rules: [jump])
    let ruleset = Ruleset(
      tables: [Table(dialect: .nftables(family: "ip"), name: "t", chains: [outer, inner])])
    let less = ruleset.removing(1..<2, of: .chains)
    #expect(less.tables.first?.chains.map(\.name) == ["outer"])
    #expect(less.count(of: .rules) == 0)
  }
}
