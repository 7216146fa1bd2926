extension NFTablesGenerator {
  struct Action {
    /// `nil` for a rule that only counts or marks.
    var clause: Clause?
    var targets: [String] = []

    init(_ text: String?, targets: [String] = []) {
      clause = text.map { Clause($0) }
      self.targets = targets
    }

    init(_ clause: Clause, targets: [String] = []) {
      self.clause = clause
      self.targets = targets
    }
  }

  /// A statement that ends nothing.
  mutating func statement(_ place: Place) -> Clause {
    let (header, suffix) = words.family == .ipv4 ? ("ip", 4) : ("ip6", 6)
    guard family != "netdev" else { return Clause("meta mark set 0x1") }
    let value = dice.one(of: ["0x1", "0x2", "0x10", "0x12"])
    return Clause(
      dice.weighted([
        (8, "meta mark set \(value)"), (3, "meta mark set meta mark | \(value)"),
        (3, "meta mark set meta mark & 0xf0 | 0x1"), (2, "meta mark set meta mark ^ 0x3"),
        (4, "ct mark set \(value)"), (3, "ct mark set meta mark"), (3, "meta mark set ct mark"),
        (4, "meta mark set \(header) saddr map @marks\(suffix)"),
        (2, transport == .tcp ? "meta mark set tcp dport map { 80 : 0x1, 443 : 0x2 }" : "counter"),
        (1, "add @seen\(suffix) { \(header) saddr }"), (1, "\(header) saddr @seen\(suffix)"),
        (2, place.hook == "prerouting" ? "notrack" : "counter"), (1, "meta priority set 1:2"),
      ]))
  }

  mutating func action(_ place: Place) -> Action {
    if !place.targets.isEmpty, dice.chance(25) {
      let target = dice.one(of: place.targets)
      return Action("\(dice.chance(75) ? "jump" : "goto") \(target)", targets: [target])
    }
    if dice.chance(14) { return vmap(place) }
    if dice.chance(1) {
      return Action("jump {\n \(words.family.header) saddr \(words.source(&dice)) drop\n }")
    }
    if place.type == "nat" { return Action(nat(place)) }
    if place.priority <= -300, place.hook == "prerouting", dice.chance(35) {
      return Action("notrack")
    }
    if dice.chance(14), place.hook != "postrouting" {
      return Action(reject())
    }
    return Action(
      dice.weighted([
        (34, "accept"), (32, "drop"), (10, "return"), (2, "continue"), (6, nil),
      ]))
  }

  private mutating func vmap(_ place: Place) -> Action {
    let target = place.targets.first
    let verdicts = ["accept", "drop", "return", "continue"] + (target.map { ["jump \($0)"] } ?? [])
    let header = words.family.header
    let keys: (String, [String])
    switch dice.number(1...100) {
    case ...35 where transport == .tcp:
      keys = ("tcp dport", dice.some(of: Vocabulary.ports, 1...3).map { "\($0)" })
    case ...45 where transport == .tcp:
      let sources = dice.some(of: disjoint(words), 1...2)
      keys = ("\(header) saddr . tcp dport", sources.map { "\($0) . \(Vocabulary.port(&dice))" })
    case ...70: keys = ("\(header) saddr", dice.some(of: disjoint(words), 1...3))
    case ...85: keys = ("iifname", ["eth0", "eth1"])
    default: keys = ("meta l4proto", ["tcp", "udp"])
    }
    let elements = keys.1.map { "\($0) : \(dice.one(of: verdicts))" }
    let clause = Clause("\(keys.0) vmap", anySetOf: elements)
    return Action(clause, targets: clause.text.contains("jump") ? target.map { [$0] } ?? [] : [])
  }

  private mutating func reject() -> String {
    let reset =
      transport == .tcp
      ? "reject with tcp reset"
      : transport == nil ? "meta l4proto tcp reject with tcp reset" : "reject"
    let abstract = ["admin-prohibited", "port-unreachable", "no-route", "host-unreachable"]
    let four = ["host-prohibited", "net-unreachable", "port-unreachable", "admin-prohibited"]
    let six = ["addr-unreachable", "no-route", "admin-prohibited", "policy-fail"]
    let own =
      words.family == .ipv4
      ? "reject with icmp \(dice.one(of: four))" : "reject with icmpv6 \(dice.one(of: six))"
    return dice.weighted([
      (3, "reject"), (3, reset), (2, own),
      (5, family == "inet" ? "reject with icmpx \(dice.one(of: abstract))" : own),
    ])
  }

  private mutating func nat(_ place: Place) -> String {
    if dice.chance(18) { return dice.one(of: ["accept", "return", "drop"]) }
    let kind = family == "inet" ? "\(words.family.header) " : ""
    switch place.hook {
    case "postrouting": return dice.one(of: ["masquerade", "snat \(kind)to \(words.locals[0])"])
    case "input": return "snat \(kind)to \(words.forwarded[0])"
    default: break
    }
    let address = dice.chance(50) ? dice.one(of: words.locals) : dice.one(of: words.forwarded)
    let dnat = "dnat \(kind)to"
    guard transport == .tcp || transport == .udp else {
      return dice.weighted([
        (4, "\(dnat) \(address)"), (1, "redirect"),
        (
          1, "\(dnat) numgen random mod 2 map { 0 : \(words.locals[0]), 1 : \(words.forwarded[0]) }"
        ),
      ])
    }
    return natWithPorts(dnat, address)
  }

  private mutating func natWithPorts(_ dnat: String, _ address: String) -> String {
    let port = Vocabulary.port(&dice)
    let withPort = words.family == .ipv4 ? "\(address):\(port)" : "[\(address)]:\(port)"
    let name = transport?.rawValue ?? "th"
    return dice.weighted([
      (4, "redirect to :\(port)"), (5, "\(dnat) \(withPort)"), (2, "\(dnat) \(address)"),
      (1, "redirect to :\(name) dport map { 80 : 8080, 443 : 8443 }"),
      (1, "\(dnat) \(name) dport map { 80 : \(words.forwarded[0]), 443 : \(words.locals[0]) }"),
    ])
  }
}
