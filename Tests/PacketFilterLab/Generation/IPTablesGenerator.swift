/// Makes random tables of iptables.
struct IPTablesGenerator {
  let variant: Dialect.Variant
  let words: Vocabulary
  /// Names of ipsets of this family with their dimensions.
  let ipSets: [(name: String, dimensions: Int)]
  var dice: Dice

  /// A chain's place: the built-in chain from which a user's chain is reached.
  struct Place {
    var table: String
    /// `nil` where several built-in chains lead to it.
    var home: String?
    /// User chains that a rule may send to.
    var targets: [String]
  }

  private static let builtIns: [String: [String]] = [
    "raw": ["PREROUTING", "OUTPUT"],
    "mangle": ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"],
    "nat": ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
    "filter": ["INPUT", "FORWARD", "OUTPUT"],
    "security": ["INPUT", "FORWARD", "OUTPUT"],
  ]

  init(
    _ variant: Dialect.Variant, _ words: Vocabulary,
    ipSets: [(name: String, dimensions: Int)], dice: Dice
  ) {
    self.variant = variant
    self.words = words
    self.ipSets = ipSets
    self.dice = dice
  }

  /// The tables of one family and variant, in any order.
  mutating func tables() -> [Table] {
    let chances = [("raw", 20), ("mangle", 35), ("nat", 35), ("filter", 90), ("security", 5)]
    let chosen = chances.filter { dice.chance($0.1) }.map(\.0)
    return dice.some(of: chosen, chosen.count...chosen.count).map { table($0) }
  }

  private mutating func table(_ name: String) -> Table {
    let builtIns = Self.builtIns[name] ?? []
    let busy = busyChains(of: name)
    var users: [(name: String, home: String?)] = []
    for index in 0..<dice.weighted([(3, 0), (3, 1), (2, 2), (1, 3)]) {
      let shared = name == "filter" && dice.chance(30)
      users.append(("U\(index)", shared ? nil : dice.one(of: busy)))
    }
    var chains = builtIns.map { chain in
      Chain(name: chain, policy: policy(name, chain))
    }
    for index in chains.indices where busy.contains(chains[index].name) {
      let home = chains[index].name
      let targets = users.filter { $0.home == home || $0.home == nil }.map(\.name)
      chains[index].rules = rules(
        Place(table: name, home: home, targets: targets), filtering: home == "OUTPUT" ? 2 : 6)
    }
    for (index, user) in users.enumerated() {
      let targets = users[(index + 1)...].filter { $0.home == user.home }.map(\.name)
      let place = Place(table: name, home: user.home, targets: targets)
      chains.append(Chain(name: user.name, rules: rules(place, filtering: 4)))
    }
    return Table(
      dialect: .iptables(variant, words.family), name: name,
      chains: chains.map { withPassage($0, table: name) })
  }

  /// The built-in chains that get rules; the others stay empty.
  private mutating func busyChains(of table: String) -> [String] {
    switch table {
    case "raw": dice.chance(15) ? ["PREROUTING", "OUTPUT"] : ["PREROUTING"]
    case "mangle":
      ["PREROUTING"] + (dice.chance(40) ? ["INPUT"] : []) + (dice.chance(20) ? ["OUTPUT"] : [])
        + (dice.chance(15) ? ["POSTROUTING", "FORWARD"] : [])
    case "nat":
      ["PREROUTING"] + (dice.chance(20) ? ["INPUT"] : [])
        + (dice.chance(30) ? ["POSTROUTING"] : [])
    default:
      ["INPUT"] + (dice.chance(30) ? ["FORWARD"] : []) + (dice.chance(30) ? ["OUTPUT"] : [])
    }
  }

  private mutating func policy(_ table: String, _ chain: String) -> Chain.Policy {
    guard table == "filter" else { return table != "nat" && dice.chance(3) ? .drop : .accept }
    return dice.chance(chain == "OUTPUT" ? 12 : 35) ? .drop : .accept
  }

  /// Lets answers pass, mostly, where the policy drops: a host that says nothing tells little.
  private mutating func withPassage(_ chain: Chain, table: String) -> Chain {
    guard chain.policy == .drop, chain.name == "OUTPUT" || dice.chance(60) else { return chain }
    var chain = chain
    let states = dice.weighted([(6, ["RELATED", "ESTABLISHED"]), (2, ["ESTABLISHED"])])
    chain.rules.insert(
      Rule(clauses: [Clause("-m conntrack --ctstate", list: states)], action: Clause("-j ACCEPT")),
      at: dice.number(0...chain.rules.count))
    return chain
  }

  private mutating func rules(_ place: Place, filtering most: Int) -> [Rule] {
    (0..<dice.number(1...most)).map { _ in rule(place) }
  }

  private mutating func rule(_ place: Place) -> Rule {
    let transport = transport()
    var clauses = [interface(place), address(), transport.clause].compactMap { $0 }
    clauses += transport.ports
    for _ in 0..<dice.weighted([(6, 0), (4, 1), (1, 2)]) {
      clauses += [match(place, transport.name)].compactMap { $0 }
    }
    // A rule for all packets hides those behind it.
    if clauses.isEmpty, dice.chance(75) { clauses = [Clause("-s \(words.source(&dice))")] }
    let action = action(place, transport.name)
    return Rule(clauses: clauses, action: action.clause, targets: action.targets)
  }

  private mutating func interface(_ place: Place) -> Clause? {
    guard dice.chance(25), let home = place.home else { return nil }
    let leaving = ["OUTPUT", "POSTROUTING"].contains(home) || home == "FORWARD" && dice.chance(50)
    let name = dice.weighted([
      (5, "eth0"), (3, "eth1"), (1, "eth+"), (1, "docker0"), (1, "lo"), (1, "tailscale0"),
    ])
    return Clause("\(dice.chance(30) ? "! " : "")\(leaving ? "-o" : "-i") \(name)")
  }

  private mutating func address() -> Clause? {
    let negation = dice.chance(25) ? "! " : ""
    switch dice.number(1...100) {
    case ...45: return Clause("\(negation)-s \(words.source(&dice))")
    case ...53: return Clause("\(negation)-d \(words.destination(&dice))")
    case ...57:
      let holed = dice.one(of: words.holedMasks)
      return Clause("\(negation)-s \(holed.address)/\(holed.mask)")
    default: return nil
    }
  }
}
