extension IPTablesGenerator {
  /// A rule's protocol with the clauses that need it.
  struct Transport {
    /// `nil` for any.
    var name: String?
    var clause: Clause?
    var ports: [Clause]
  }

  mutating func transport() -> Transport {
    let icmp = words.family == .ipv4 ? "icmp" : "ipv6-icmp"
    let name: String? = dice.weighted([(35, nil), (38, "tcp"), (15, "udp"), (9, icmp), (2, "sctp")])
    guard let name else { return Transport(name: nil, clause: nil, ports: []) }
    let clause = Clause("\(dice.chance(4) ? "! " : "")-p \(name)")
    guard !clause.opening.hasPrefix("!") else {
      return Transport(name: nil, clause: clause, ports: [])
    }
    switch name {
    case "tcp", "udp": return Transport(name: name, clause: clause, ports: ports(name))
    case icmp: return Transport(name: name, clause: clause, ports: icmpType())
    default: return Transport(name: name, clause: clause, ports: [])
    }
  }

  private mutating func ports(_ name: String) -> [Clause] {
    let negation = dice.chance(15) ? "! " : ""
    switch dice.number(1...100) {
    case ...45: return [Clause("\(negation)--dport \(Vocabulary.port(&dice))")]
    case ...58:
      let range = Vocabulary.portRange(&dice)
      return [Clause("\(negation)--dport \(range.0):\(range.1)")]
    case ...75:
      let option = dice.weighted([(8, "--dports"), (2, "--ports"), (1, "--sports")])
      return [Clause("-m multiport \(negation)\(option)", list: portList())]
    case ...78: return [Clause("\(negation)--sport 1024:65535")]
    default:
      return name == "tcp" ? tcpFlags() : []
    }
  }

  private mutating func portList() -> [String] {
    var list = (0..<dice.number(1...4)).map { _ in "\(Vocabulary.port(&dice))" }
    if dice.chance(30) {
      let range = Vocabulary.portRange(&dice)
      list.append("\(range.0):\(range.1)")
    }
    return list
  }

  private mutating func tcpFlags() -> [Clause] {
    guard dice.chance(50) else { return [] }
    return [
      Clause(
        dice.one(of: [
          "--tcp-flags FIN,SYN,RST,ACK SYN", "! --tcp-flags FIN,SYN,RST,ACK SYN",
          "--tcp-flags SYN,ACK SYN,ACK", "--tcp-flags ALL NONE", "--tcp-flags SYN SYN",
          "! --tcp-flags ALL SYN", "--tcp-option 2",
        ]))
    ]
  }

  private mutating func icmpType() -> [Clause] {
    guard dice.chance(60) else { return [] }
    let negation = dice.chance(15) ? "! " : ""
    if words.family == .ipv4 {
      let type = dice.weighted([(5, "8"), (1, "0"), (1, "3/4"), (1, "8/0"), (1, "any")])
      return type == "any" ? [] : [Clause("\(negation)--icmp-type \(type)")]
    }
    return [
      Clause("\(negation)--icmpv6-type \(dice.weighted([(5, "128"), (1, "129"), (1, "1/4")]))")
    ]
  }

  /// One match beyond addresses, interfaces and ports.
  mutating func match(_ place: Place, _ transport: String?) -> Clause? {
    let negation = dice.chance(25) ? "! " : ""
    switch dice.number(1...100) {
    case ...18: return state(negation)
    case ...30: return setMatch(negation)
    case ...40: return range(negation)
    case ...58: return mark(negation)
    case ...70: return addressType(negation, place)
    case ...74: return connection(negation)
    case ...88: return surroundings(negation, place)
    case ...92: return Clause("-m comment --comment \"allow \\\"probe\\\" \(dice.number(1...9))\"")
    default: return stateful(negation)
    }
  }

  private mutating func state(_ negation: String) -> Clause {
    let known = ["NEW", "RELATED", "ESTABLISHED", "INVALID", "UNTRACKED"]
    let states = dice.some(of: known, 1...3)
    if dice.chance(25) { return Clause("-m state \(negation)--state", list: states) }
    let translated = dice.chance(15) ? [dice.one(of: ["DNAT", "SNAT"])] : []
    return Clause("-m conntrack \(negation)--ctstate", list: states + translated)
  }

  private mutating func setMatch(_ negation: String) -> Clause? {
    guard !ipSets.isEmpty else { return nil }
    let set = dice.one(of: ipSets)
    let direction = { (dice: inout Dice) in dice.chance(75) ? "src" : "dst" }
    let directions =
      set.dimensions == 1
      ? direction(&dice)
      : dice.weighted([(6, "src,dst"), (2, "dst,dst"), (1, "src,src"), (1, "dst,src")])
    let option = dice.chance(5) ? " --return-nomatch" : ""
    return Clause("-m set \(negation)--match-set \(set.name) \(directions)\(option)")
  }

  private mutating func range(_ negation: String) -> Clause {
    let range = dice.one(of: words.ranges)
    if dice.chance(15) {
      let local = words.locals[0]
      return Clause("-m iprange \(negation)--dst-range \(local)-\(local)")
    }
    return Clause("-m iprange \(negation)--src-range \(range.0)-\(range.1)")
  }

  private mutating func mark(_ negation: String) -> Clause {
    // A value with bits outside of its mask can never match.
    let mask = dice.weighted([(10, ""), (8, "/0xff"), (1, "/0xf0"), (1, "/0x1")])
    let kind = dice.chance(70) ? "mark" : "connmark"
    return Clause(
      "-m \(kind) \(negation)--mark 0x\(dice.one(of: ["0", "1", "2", "10", "12"]))\(mask)")
  }

  private mutating func addressType(_ negation: String, _ place: Place) -> Clause {
    let limit = place.home == "INPUT" && dice.chance(15) ? " --limit-iface-in" : ""
    if dice.chance(70) {
      let type = dice.weighted([(6, "LOCAL"), (2, "UNICAST"), (1, "MULTICAST")])
      return Clause("-m addrtype \(negation)--dst-type \(type)\(limit)")
    }
    return Clause("-m addrtype \(negation)--src-type \(dice.one(of: ["LOCAL", "UNICAST"]))\(limit)")
  }

  private mutating func connection(_ negation: String) -> Clause {
    Clause(
      "-m conntrack "
        + dice.one(of: [
          "\(negation)--ctorigdst \(words.locals[0])", "\(negation)--ctorigdstport 80",
          "\(negation)--ctproto 6", "--ctdir ORIGINAL", "--ctdir REPLY",
          "\(negation)--ctstatus NONE", "\(negation)--ctstatus SEEN_REPLY,ASSURED",
          "\(negation)--ctorigsrc \(words.sources[0])",
        ]))
  }

  private mutating func surroundings(_ negation: String, _ place: Place) -> Clause {
    let ttl = words.family == .ipv4 ? "-m ttl --ttl" : "-m hl --hl"
    var options = [
      "\(ttl)-gt 10", "-m pkttype \(negation)--pkt-type unicast",
      "-m cpu \(negation)--cpu 77", "-m dscp \(negation)--dscp 0x00",
      "-m length \(negation)--length 0:1500",
      "-m physdev --physdev-in eth9",
    ]
    if place.home == "PREROUTING", ["raw", "mangle"].contains(place.table) {
      options += [
        "-m socket --nowildcard", "-m rpfilter", "-m rpfilter --invert", "-m rpfilter --loose",
      ]
    }
    if place.home == "OUTPUT" { options = ["-m owner --uid-owner 0", "-m owner ! --uid-owner 0"] }
    if words.family == .ipv4 { options.append("\(negation)-f") }
    if place.home == "INPUT" || place.home == "PREROUTING" {
      options.append("-m policy --dir in --pol none")
      options.append("-m mac \(negation)--mac-source 02:00:00:00:00:01")
    }
    return Clause(dice.one(of: options))
  }

  private mutating func stateful(_ negation: String) -> Clause {
    Clause(
      dice.one(of: [
        "-m limit --limit 1/hour --limit-burst 2", "-m statistic --mode random --probability 0.5",
        "-m recent --name seen --set", "-m recent --name seen --rcheck",
        "-m connlimit --connlimit-above 1000", "-m string --string probe --algo bm",
        "-m hashlimit --hashlimit-above 1/hour --hashlimit-mode srcip --hashlimit-name h",
        "-m time --timestart 01:00 --timestop 23:00", "-m quota --quota 100",
        "-m conntrack --ctexpire 1:1000", "-m helper --helper ftp", "-m u32 --u32 \"0>>28=4\"",
      ]))
  }
}
