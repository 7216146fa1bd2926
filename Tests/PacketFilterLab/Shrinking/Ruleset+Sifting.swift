/// The kinds of parts that a ruleset can lose, from the largest to the smallest.
enum Grain: Sendable, CaseIterable {
  case tables
  case chains
  case rules
  case clauses
  case elements
  case sets
  /// A policy, or a table's dormancy: losing it means the default.
  case settings
}

/// Counts the parts of one grain in their order, and says which of them stay.
struct Sieve {
  private let grain: Grain
  private let removed: Range<Int>
  private(set) var count = 0

  init(_ grain: Grain, removing removed: Range<Int>) {
    self.grain = grain
    self.removed = removed
  }

  /// Whether the next part stays; parts of other grains do.
  mutating func keeps(_ grain: Grain) -> Bool {
    guard grain == self.grain else { return true }
    count += 1
    return !removed.contains(count - 1)
  }
}

extension Ruleset {
  /// How many parts of a grain there are.
  func count(of grain: Grain) -> Int {
    var sieve = Sieve(grain, removing: 0..<0)
    _ = sifted(&sieve)
    return sieve.count
  }

  /// The ruleset without some parts of a grain; rules that send to a lost chain go with it.
  func removing(_ range: Range<Int>, of grain: Grain) -> Ruleset {
    var sieve = Sieve(grain, removing: range)
    return sifted(&sieve)
  }

  private func sifted(_ sieve: inout Sieve) -> Ruleset {
    var result = self
    result.ipSets = ipSets.filter { _ in sieve.keeps(.sets) }
    for index in result.ipSets.indices {
      result.ipSets[index].elements.removeAll { _ in !sieve.keeps(.elements) }
    }
    result.tables = tables.filter { _ in sieve.keeps(.tables) }
    for index in result.tables.indices { result.tables[index].sift(&sieve) }
    return result
  }
}

extension Table {
  fileprivate mutating func sift(_ sieve: inout Sieve) {
    if isDormant { isDormant = sieve.keeps(.settings) }
    sets.removeAll { _ in !sieve.keeps(.sets) }
    for index in sets.indices { sets[index].elements.removeAll { _ in !sieve.keeps(.elements) } }
    // iptables' own chains are always there.
    chains.removeAll { chain in
      let isBuiltIn = chain.hook == nil && chain.policy != nil
      return !isBuiltIn && !sieve.keeps(.chains)
    }
    let names = Set(chains.map(\.name))
    for index in chains.indices { chains[index].sift(&sieve, chains: names) }
  }
}

extension Chain {
  fileprivate mutating func sift(_ sieve: inout Sieve, chains: Set<String>) {
    if policy == .drop, !sieve.keeps(.settings) { policy = .accept }
    rules.removeAll { !chains.isSuperset(of: $0.targets) || !sieve.keeps(.rules) }
    for index in rules.indices {
      rules[index].clauses.removeAll { _ in !sieve.keeps(.clauses) }
      if rules[index].action != nil, !sieve.keeps(.clauses) { rules[index].action = nil }
      for clause in rules[index].clauses.indices { rules[index].clauses[clause].sift(&sieve) }
      rules[index].action?.sift(&sieve)
    }
  }
}

extension Clause {
  /// A list keeps one element at least.
  fileprivate mutating func sift(_ sieve: inout Sieve) {
    guard elements.count > 1 else { return }
    let kept = elements.filter { _ in sieve.keeps(.elements) }
    if !kept.isEmpty { elements = kept }
  }
}
