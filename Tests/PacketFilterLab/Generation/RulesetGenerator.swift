/// Makes the random ruleset of a seed.
struct RulesetGenerator {
  private var dice: Dice

  init(seed: UInt64) { dice = Dice(seed: seed) }

  /// Which tools wrote the host's rules.
  private struct Writers {
    var legacy = false
    var nft = false
    var native = false
  }

  mutating func ruleset() -> Ruleset {
    let writers = dice.weighted([
      (24, Writers(legacy: true)), (20, Writers(nft: true)), (28, Writers(native: true)),
      (8, Writers(legacy: true, native: true)), (6, Writers(nft: true, native: true)),
      (6, Writers(legacy: true, nft: true)), (4, Writers(legacy: true, nft: true, native: true)),
    ])
    var ruleset = Ruleset()
    var parts: [[Table]] = []
    for family in Family.allCases where family == .ipv4 || dice.chance(25) {
      let sets = writers.legacy || writers.nft ? ipSets(family) : []
      ruleset.ipSets += sets.map(\.set)
      let named = sets.map { (name: $0.set.name, dimensions: $0.dimensions) }
      if writers.legacy { parts.append(tables(.legacy, family, named)) }
      if writers.nft { parts.append(tables(.nft, family, named)) }
    }
    if writers.native { parts.append(nativeTables()) }
    if dice.chance(30) { parts = parts.count > 1 && dice.chance(50) ? parts : [] }
    if parts.isEmpty || dice.chance(10) { parts.append(knownShape()) }
    ruleset.tables = dice.some(of: parts, parts.count...parts.count).flatMap { $0 }
    return ruleset
  }

  private mutating func ipSets(_ family: Family) -> [(set: IPSet, dimensions: Int)] {
    guard dice.chance(40) else { return [] }
    var generator = IPSetGenerator(words: .of(family), dice: dice.fork())
    return generator.sets()
  }

  private mutating func tables(
    _ variant: Dialect.Variant, _ family: Family, _ sets: [(name: String, dimensions: Int)]
  ) -> [Table] {
    var generator = IPTablesGenerator(
      variant, .of(family), ipSets: sets, dice: dice.fork())
    return generator.tables()
  }

  /// What a well-known tool writes, with some of its rules lost, and some of them moved.
  private mutating func knownShape() -> [Table] {
    let tables: [Table]
    if dice.chance(35) {
      tables = [dice.one(of: Skeletons.nftables)]
    } else {
      let variant = dice.one(of: Dialect.Variant.allCases)
      tables = dice.one(of: Skeletons.iptables).map {
        Table(parsingRestore: $0, variant, .ipv4)
      }
    }
    return tables.map { disturbed($0) }
  }

  private mutating func disturbed(_ table: Table) -> Table {
    var table = table
    for chain in table.chains.indices {
      if table.chains[chain].rules.count > 1, dice.chance(25) {
        let count = table.chains[chain].rules.count
        table.chains[chain].rules.swapAt(dice.number(0...count - 1), dice.number(0...count - 1))
      }
      table.chains[chain].rules.removeAll { _ in dice.chance(8) }
    }
    return table
  }

  private mutating func nativeTables() -> [Table] {
    let count = dice.weighted([(5, 1), (3, 2), (1, 3)])
    return (0..<count).map { index in
      let family = dice.weighted([(6, "inet"), (4, "ip"), (2, "ip6"), (1, "netdev")])
      var generator = NFTablesGenerator(
        family: family, name: "t\(index)", dice: dice.fork())
      return generator.table()
    }
  }
}
