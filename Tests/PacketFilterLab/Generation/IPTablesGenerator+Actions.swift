extension IPTablesGenerator {
  struct Action {
    /// `nil` for a rule that only counts.
    var clause: Clause?
    var targets: [String] = []

    init(_ text: String?) { clause = text.map { Clause($0) } }
  }

  mutating func action(_ place: Place, _ transport: String?) -> Action {
    if !place.targets.isEmpty, dice.chance(22) {
      let target = dice.one(of: place.targets)
      var action = Action("\(dice.chance(75) ? "-j" : "-g") \(target)")
      action.targets = [target]
      return action
    }
    switch place.table {
    case "raw": return Action(raw(place))
    case "mangle": return Action(mangle(place, transport))
    case "nat": return Action(nat(place, transport))
    case "filter" where dice.chance(14): return Action(reject(transport))
    default: return Action(verdict())
    }
  }

  private mutating func verdict() -> String? {
    dice.weighted([
      (36, "-j ACCEPT"), (32, "-j DROP"), (10, "-j RETURN"), (2, nil), (1, "-j NFLOG"),
      (2, "-j MARK --set-xmark 0x1/0xffffffff"), (1, "-j AUDIT --type drop"),
    ])
  }

  private mutating func reject(_ transport: String?) -> String {
    if transport == "tcp", dice.chance(40) { return "-j REJECT --reject-with tcp-reset" }
    let kinds =
      words.family == .ipv4
      ? [
        "icmp-port-unreachable", "icmp-host-prohibited", "icmp-net-unreachable",
        "icmp-admin-prohibited", "icmp-host-unreachable", "icmp-proto-unreachable",
        "icmp-net-prohibited",
      ]
      : [
        "icmp6-port-unreachable", "icmp6-adm-prohibited", "icmp6-addr-unreachable",
        "icmp6-no-route", "icmp6-policy-fail", "icmp6-reject-route",
      ]
    return dice.chance(30) ? "-j REJECT" : "-j REJECT --reject-with \(dice.one(of: kinds))"
  }

  private mutating func raw(_ place: Place) -> String? {
    dice.weighted([
      (35, "-j CT --notrack"), (20, "-j DROP"), (15, "-j ACCEPT"), (8, "-j RETURN"),
      (8, "-j MARK --set-xmark 0x2/0xff"), (2, "-j CT --zone 5"), (1, "-j NOTRACK"),
    ])
  }

  private mutating func mangle(_ place: Place, _ transport: String?) -> String? {
    let value = dice.one(of: ["0x1", "0x2", "0x10", "0x12"])
    let mask = dice.one(of: ["0xffffffff", "0xff", "0xf0"])
    let rewriting = words.family == .ipv4 ? "-j TTL --ttl-set 9" : "-j HL --hl-set 9"
    return dice.weighted([
      (25, "-j MARK --set-xmark \(value)/\(mask)"), (5, "-j MARK --and-mark \(value)"),
      (5, "-j MARK --or-mark \(value)"), (3, "-j MARK --xor-mark \(value)"),
      (6, "-j MARK --set-mark \(value)"), (12, "-j CONNMARK --set-xmark \(value)/\(mask)"),
      (5, "-j CONNMARK --save-mark"), (3, "-j CONNMARK --save-mark --nfmask \(mask) --ctmask 0xff"),
      (6, "-j CONNMARK --restore-mark"),
      (3, "-j CONNMARK --restore-mark --nfmask 0xff --ctmask \(mask)"),
      (10, "-j DROP"), (8, "-j ACCEPT"), (6, "-j RETURN"), (2, rewriting),
      (1, "-j DSCP --set-dscp 0x10"),
      (1, place.home == "POSTROUTING" ? "-j CLASSIFY --set-class 1:2" : "-j DROP"),
      (
        1, transport == "tcp" && place.home == "PREROUTING" ? "-j TPROXY --on-port 8080" : "-j DROP"
      ),
    ])
  }

  private mutating func nat(_ place: Place, _ transport: String?) -> String? {
    let hasPorts = transport == "tcp" || transport == "udp"
    if dice.chance(18) { return dice.one(of: ["-j ACCEPT", "-j RETURN"]) }
    switch place.home {
    case "POSTROUTING":
      return dice.one(of: ["-j MASQUERADE", "-j SNAT --to-source \(words.locals[0])"])
    case "INPUT": return "-j SNAT --to-source \(words.forwarded[0])"
    default: break
    }
    if hasPorts, dice.chance(35) {
      return "-j REDIRECT --to-ports \(Vocabulary.port(&dice))"
    }
    if dice.chance(8) { return "-j REDIRECT" }
    if words.family == .ipv4, dice.chance(5) { return "-j NETMAP --to 172.17.0.0/24" }
    return "-j DNAT --to-destination " + destination(withPort: hasPorts && dice.chance(70))
  }

  private mutating func destination(withPort: Bool) -> String {
    let address = dice.chance(50) ? dice.one(of: words.locals) : dice.one(of: words.forwarded)
    guard withPort else { return address }
    let port = Vocabulary.port(&dice)
    return words.family == .ipv4 ? "\(address):\(port)" : "[\(address)]:\(port)"
  }
}
