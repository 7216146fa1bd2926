extension NFTablesGenerator {
  enum SetContent: String { case addresses, pairs, verdicts }

  /// The name of the table's set of such content for an IP version.
  func name(_ content: SetContent, _ family: Family) -> String {
    "\(content.rawValue)\(family == .ipv4 ? 4 : 6)"
  }

  private var families: [Family] {
    switch family {
    case "ip": [.ipv4]
    case "ip6": [.ipv6]
    default: [.ipv4, .ipv6]
    }
  }

  /// The sets that every rule of the table can name.
  mutating func namedSets() -> [NamedSet] {
    var made = [portSet()]
    for family in families {
      let words = Vocabulary.of(family)
      made.append(addresses(words))
      made.append(pairs(words))
      made.append(portOfSource(words))
      made.append(seen(words))
    }
    return made
  }

  private mutating func portSet() -> NamedSet {
    let elements = dice.some(of: Vocabulary.ports, 1...4).map { "\($0)" }
    guard dice.chance(40) else {
      return NamedSet(
        kind: .set, name: "ports", declarations: ["type inet_service"], elements: elements)
    }
    return NamedSet(
      kind: .set, name: "ports", declarations: ["type inet_service", "flags interval"],
      elements: ["79-80", "443", "8000-9000"])
  }

  private func type(_ family: Family) -> String { family == .ipv4 ? "ipv4_addr" : "ipv6_addr" }

  private mutating func addresses(_ words: Vocabulary) -> NamedSet {
    let name = name(.addresses, words.family)
    let type = "type \(type(words.family))"
    switch dice.number(1...100) {
    case ...40:
      return NamedSet(
        kind: .set, name: name, declarations: [type, "flags interval"],
        elements: dice.some(of: disjoint(words), 1...3))
    case ...60:
      let ranges = words.ranges.map { "\($0.0)-\($0.1)" }
      return NamedSet(
        kind: .set, name: name, declarations: [type, "flags interval", "auto-merge"],
        elements: dice.some(of: disjoint(words) + ranges, 1...4))
    case ...75:
      let hosts = dice.some(of: words.hosts, 1...3)
      return NamedSet(
        kind: .set, name: name, declarations: [type, "flags timeout"],
        elements: hosts.map { dice.chance(50) ? "\($0) timeout 1h" : $0 })
    case ...85:
      let hosts = dice.some(of: words.hosts, 1...3)
      return NamedSet(
        kind: .set, name: name, declarations: [type, "counter"],
        elements: hosts.map { dice.chance(50) ? "\($0) comment \"of \($0)\"" : $0 })
    default:
      return NamedSet(
        kind: .set, name: name, declarations: [type], elements: dice.some(of: words.hosts, 1...4))
    }
  }

  private mutating func pairs(_ words: Vocabulary) -> NamedSet {
    let intervals = dice.chance(50)
    let sources = dice.some(of: intervals ? disjoint(words) : words.hosts, 1...3)
    let elements = sources.map { source in
      "\(source) . \(intervals && dice.chance(40) ? "1-1023" : "\(Vocabulary.port(&dice))")"
    }
    return NamedSet(
      kind: .set, name: name(.pairs, words.family),
      declarations: ["type \(type(words.family)) . inet_service"]
        + (intervals ? ["flags interval"] : []), elements: elements)
  }

  /// A map from a source to a port, for marks and redirections.
  private mutating func portOfSource(_ words: Vocabulary) -> NamedSet {
    let elements = dice.some(of: disjoint(words), 1...3).map {
      "\($0) : 0x\(dice.one(of: ["1", "2", "10"]))"
    }
    return NamedSet(
      kind: .map, name: "marks\(words.family == .ipv4 ? 4 : 6)",
      declarations: ["type \(type(words.family)) : mark", "flags interval"], elements: elements)
  }

  /// A set that rules fill.
  private func seen(_ words: Vocabulary) -> NamedSet {
    NamedSet(
      kind: .set, name: "seen\(words.family == .ipv4 ? 4 : 6)",
      declarations: [
        "type \(type(words.family))", "size 65535", "flags dynamic,timeout", "timeout 1m",
      ],
      elements: [])
  }

  /// A named map of verdicts that jumps into user chains of the first base chain.
  mutating func verdictMap(_ chains: [Chain]) -> NamedSet? {
    guard dice.chance(35), family != "netdev" else { return nil }
    let targets = chains.map(\.name).filter { $0.hasPrefix("c0-") }
    let verdicts = ["accept", "drop", "return", "continue"] + targets.map { "jump \($0)" }
    let hosts = dice.some(of: words.hosts, 1...3)
    let others = dice.chance(25) ? ["* : drop"] : []
    return NamedSet(
      kind: .map, name: "verdicts", declarations: ["type \(type(words.family)) : verdict"],
      elements: hosts.map { "\($0) : \(dice.one(of: verdicts))" } + others)
  }

  /// Puts the map to use in the base chain whose user chains it names.
  mutating func withVerdictMap(_ chain: Chain, map: NamedSet?) -> Chain {
    guard let map, chain.name == "base0" else { return chain }
    var chain = chain
    let header = map.declarations[0].contains("ipv4") ? "ip" : "ip6"
    let rule = Rule(
      clauses: [], action: Clause("\(header) saddr vmap @verdicts"), targets: [])
    chain.rules.insert(rule, at: dice.number(0...chain.rules.count))
    return chain
  }
}
