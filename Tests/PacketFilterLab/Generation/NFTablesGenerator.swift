/// Makes one random table of nft.
struct NFTablesGenerator {
  /// The table's family, as `inet`.
  let family: String
  let name: String
  var dice: Dice
  /// The IP version and the transport of the rule that is being made: one of each a rule.
  var words = Vocabulary.of(.ipv4)
  var transport: TransportName?

  /// Where a rule stands.
  struct Place {
    /// The base chain's type, as `nat`.
    var type: String
    var hook: String
    var priority: Int
    /// User chains that a rule may send to.
    var targets: [String]
  }

  init(family: String, name: String, dice: Dice) {
    self.family = family
    self.name = name
    self.dice = dice
  }

  mutating func table() -> Table {
    let sets = namedSets()
    var hooks = dice.some(of: hooks(), 1...3)
    if family != "netdev", dice.chance(60) { hooks.append(inputHook()) }
    var chains: [Chain] = []
    for (index, hook) in hooks.enumerated() { chains += family(of: hook, index: index) }
    let map = verdictMap(chains)
    chains = chains.map { withVerdictMap($0, map: map) }
    return Table(
      dialect: .nftables(family: family), name: name, isDormant: dice.chance(3),
      sets: sets + (map.map { [$0] } ?? []), chains: chains)
  }

  private mutating func inputHook() -> Chain.Hook {
    Chain.Hook(type: "filter", name: "input", priority: dice.weighted([(4, 0), (1, 10), (1, -10)]))
  }

  private func hooks() -> [Chain.Hook] {
    if family == "netdev" {
      return [
        Chain.Hook(type: "filter", name: "ingress", priority: -500, device: "eth0"),
        Chain.Hook(type: "filter", name: "ingress", priority: 0, device: "eth1"),
      ]
    }
    let all = [
      ("filter", "prerouting", -300), ("filter", "prerouting", -150), ("filter", "prerouting", 0),
      ("filter", "prerouting", -101), ("nat", "prerouting", -100), ("nat", "prerouting", -90),
      ("filter", "input", 0), ("filter", "input", -150), ("filter", "input", 50),
      ("filter", "forward", 0), ("filter", "output", 0), ("route", "output", -150),
      ("nat", "postrouting", 100), ("nat", "input", 100), ("filter", "postrouting", 0),
      ("filter", "output", -300),
    ].map { Chain.Hook(type: $0.0, name: $0.1, priority: $0.2) }
    let ingress = Chain.Hook(type: "filter", name: "ingress", priority: 0, device: "eth0")
    return family == "inet" ? all + [ingress] : all
  }

  /// A base chain with the user chains below it.
  private mutating func family(of hook: Chain.Hook, index: Int) -> [Chain] {
    let users = (0..<dice.weighted([(4, 0), (3, 1), (2, 2)])).map { "c\(index)-\($0)" }
    var base = Chain(name: "base\(index)", hook: hook, policy: policy(hook))
    let place = Place(type: hook.type, hook: hook.name, priority: hook.priority, targets: users)
    base.rules = (0..<dice.number(1...5)).map { _ in rule(place) }
    if base.policy == .drop { base.rules.insert(passage(hook), at: 0) }
    var chains = [base]
    for (position, user) in users.enumerated() {
      var inner = place
      inner.targets = Array(users[(position + 1)...])
      chains.append(Chain(name: user, rules: (0..<dice.number(1...4)).map { _ in rule(inner) }))
    }
    return chains
  }

  private mutating func policy(_ hook: Chain.Hook) -> Chain.Policy {
    guard hook.type == "filter" else { return .accept }
    switch hook.name {
    case "input", "forward": return dice.chance(30) ? .drop : .accept
    default: return dice.chance(4) ? .drop : .accept
    }
  }

  /// Lets answers pass where the policy drops: a host that says nothing tells little.
  private mutating func passage(_ hook: Chain.Hook) -> Rule {
    let states = dice.one(of: ["established,related", "established", "{ established, related }"])
    return Rule(
      clauses: [Clause(family == "netdev" ? "meta l4proto icmp" : "ct state \(states)")],
      action: Clause("accept"))
  }

  private mutating func rule(_ place: Place) -> Rule {
    words = vocabulary()
    transport = dice.weighted([(5, nil), (6, .tcp), (3, .udp), (1, .icmp)])
    var clauses: [Clause] = []
    if dice.chance(22) { clauses.append(interface()) }
    if dice.chance(50) { clauses.append(address(place)) }
    if let clause = ports(place) { clauses.append(clause) }
    for _ in 0..<dice.weighted([(6, 0), (3, 1), (1, 2)]) { clauses.append(match(place)) }
    // A rule for all packets hides those behind it.
    if clauses.isEmpty, dice.chance(75) { clauses = [address(place)] }
    if dice.chance(25) { clauses.append(Clause("counter")) }
    if dice.chance(18) { clauses.append(statement(place)) }
    var action = action(place)
    if dice.chance(6), action.clause != nil {
      action.clause?.closing += " comment \"for { @ports }\""
    }
    return Rule(clauses: clauses, action: action.clause, targets: action.targets)
  }

  /// The words of the table's IP version, or of one of the two where it holds both.
  private mutating func vocabulary() -> Vocabulary {
    switch family {
    case "ip": .of(.ipv4)
    case "ip6": .of(.ipv6)
    default: .of(dice.chance(75) ? .ipv4 : .ipv6)
    }
  }
}
