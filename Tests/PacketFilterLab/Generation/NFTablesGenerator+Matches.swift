extension Family {
  /// nft's word for the IP header.
  var header: String { self == .ipv4 ? "ip" : "ip6" }
}

extension NFTablesGenerator {
  private mutating func negation() -> String { dice.chance(22) ? "!= " : "" }

  mutating func interface() -> Clause {
    let name = dice.weighted([(6, "\"eth0\""), (3, "\"eth1\""), (1, "\"eth*\""), (1, "\"lo\"")])
    switch dice.number(1...100) {
    case ...60: return Clause("iifname \(negation())\(name)")
    case ...72: return Clause("iif \(negation())\"\(dice.one(of: Vocabulary.interfaces))\"")
    case ...85: return Clause("iifname", anySetOf: dice.some(of: ["eth0", "eth1", "lo"], 1...2))
    case ...95: return Clause("oifname \(negation())\(name)")
    default: return Clause("iifgroup default")
    }
  }

  mutating func address(_ place: Place) -> Clause {
    let header = words.family.header
    switch dice.number(1...100) {
    case ...35: return Clause("\(header) saddr \(negation())\(words.source(&dice))")
    case ...50:
      let sources = dice.chance(50) ? words.hosts : disjoint(words)
      return Clause("\(header) saddr \(negation())", anySetOf: dice.some(of: sources, 1...4))
    case ...60:
      let range = dice.one(of: words.ranges)
      return Clause("\(header) saddr \(negation())\(range.0)-\(range.1)")
    case ...75: return Clause("\(header) saddr \(negation())@\(name(.addresses, words.family))")
    case ...82:
      let holed = dice.one(of: words.holedMasks)
      return Clause(
        "\(header) saddr & \(holed.mask) \(dice.chance(70) ? "==" : "!=") \(holed.address)")
    case ...92: return Clause("\(header) daddr \(negation())\(words.destination(&dice))")
    default: return pair()
    }
  }

  /// Prefixes of which none holds another: a set without that refuses them.
  func disjoint(_ words: Vocabulary) -> [String] {
    words.family == .ipv4
      ? ["100.64.0.0/16", "100.96.0.0/11", "100.70.0.1", "203.0.113.0/24", "10.0.0.0/8"]
      : ["fd00:64::/64", "fd00:64:8000::/33", "2001:db8::/32"]
  }

  private mutating func pair() -> Clause {
    let header = words.family.header
    if dice.chance(40) {
      let (source, destination) = (dice.one(of: disjoint(words)), words.locals[0])
      let keys =
        dice.chance(50)
        ? ("\(header) saddr . \(header) daddr", "\(source) . \(destination)")
        : ("iifname . \(header) saddr", "\"eth0\" . \(source)")
      return Clause(keys.0, anySetOf: [keys.1])
    }
    if transport == .tcp {
      return Clause(
        "\(header) saddr . tcp dport \(negation())@\(name(.pairs, words.family))")
    }
    let hosts = dice.some(of: words.hosts, 1...3)
    return Clause(
      "\(header) saddr . th dport", anySetOf: hosts.map { "\($0) . \(Vocabulary.port(&dice))" })
  }

  /// What the rule says of its transport; without one, what it says of any.
  mutating func ports(_ place: Place) -> Clause? {
    switch transport {
    case .tcp, .udp:
      // A translation of ports needs to know whose they are.
      let isGeneral = place.type != "nat" && dice.chance(10)
      return ports(isGeneral ? "th" : transport?.rawValue ?? "th")
    case .icmp: return icmp()
    case nil: break
    }
    switch dice.number(1...100) {
    case ...8:
      let some = dice.some(of: ["tcp", "udp", "icmp", "ipv6-icmp"], 1...2)
      return Clause("meta l4proto", anySetOf: some)
    case ...14: return Clause("th dport \(negation())\(Vocabulary.port(&dice))")
    default: return nil
    }
  }

  private mutating func ports(_ name: String) -> Clause {
    let port = Vocabulary.port(&dice)
    switch dice.number(1...100) {
    case ...42: return Clause("\(name) dport \(negation())\(port)")
    case ...62:
      let some = dice.some(of: Vocabulary.ports, 1...4).map { "\($0)" }
      return Clause("\(name) dport \(negation())", anySetOf: some)
    case ...72:
      let range = Vocabulary.portRange(&dice)
      return Clause("\(name) dport \(negation())\(range.0)-\(range.1)")
    case ...82: return Clause("\(name) dport \(negation())@ports")
    case ...88: return Clause("\(name) dport \(dice.one(of: ["<", ">", "<=", ">="])) \(port)")
    case ...93:
      guard transport == .tcp else { return Clause("\(name) dport \(port)") }
      return Clause("tcp flags \(dice.one(of: ["syn", "& (syn|ack) == syn", "!= syn", "ack"]))")
    default: return Clause("\(name) sport \(dice.chance(70) ? "1024-65535" : "!= 0-1023")")
    }
  }

  private mutating func icmp() -> Clause {
    let options =
      words.family == .ipv4
      ? ["icmp type echo-request", "icmp type != echo-request", "ip protocol icmp"]
      : ["icmpv6 type echo-request", "icmpv6 type { echo-reply, nd-neighbor-solicit }"]
    return Clause(dice.one(of: options))
  }

  /// One match beyond addresses, interfaces and ports.
  mutating func match(_ place: Place) -> Clause {
    switch dice.number(1...100) {
    case ...25 where family != "netdev": return state()
    case ...45: return mark()
    case ...62: return destinationType(place)
    case ...75 where family != "netdev": return connection()
    case ...92: return surroundings(place)
    default: return stateful()
    }
  }

  private mutating func state() -> Clause {
    let states = dice.some(of: ["new", "established", "related", "invalid", "untracked"], 1...3)
    switch dice.number(1...100) {
    case ...50: return Clause("ct state \(negation())\(states.joined(separator: ","))")
    case ...85: return Clause("ct state \(negation())", anySetOf: states)
    default: return Clause("ct state vmap { established : accept, invalid : drop }")
    }
  }

  private mutating func mark() -> Clause {
    let value = dice.one(of: ["0x0", "0x1", "0x2", "0x10", "0x12"])
    let key = family == "netdev" || dice.chance(65) ? "meta mark" : "ct mark"
    switch dice.number(1...100) {
    case ...45: return Clause("\(key) \(negation())\(value)")
    case ...75:
      let mask = dice.one(of: ["0xff", "0xf0", "0x1"])
      return Clause("\(key) & \(mask) \(dice.chance(70) ? "==" : "!=") \(value)")
    case ...92: return Clause(key, anySetOf: dice.some(of: ["0x1", "0x2", "0x10"], 1...2))
    default: return Clause("\(key) vmap { 0x1 : accept, 0x2 : drop }")
    }
  }

  private mutating func destinationType(_ place: Place) -> Clause {
    guard ["prerouting", "input"].contains(place.hook) else {
      return Clause("meta length \(negation())9000")
    }
    return Clause(
      dice.weighted([
        (5, "fib daddr type local"), (2, "fib daddr type != local"),
        (1, "fib daddr . iif type local"), (1, "fib saddr . iif oif exists"),
        (1, "fib saddr . iif oif missing"), (1, "fib saddr oif \"eth0\""),
        (1, "fib saddr type unicast"), (1, "fib daddr type { local, broadcast }"),
      ]))
  }

  private mutating func connection() -> Clause {
    let header = words.family.header
    let hasPorts = transport == .tcp || transport == .udp
    return Clause(
      dice.one(of: [
        "ct status dnat", "ct status & dnat == 0", "ct direction original", "ct direction reply",
        "ct original \(header) daddr \(words.locals[0])",
        hasPorts ? "ct original proto-dst 80" : "ct status confirmed",
        "ct original \(header) saddr \(words.sources[0])", "ct status snat", "ct protocol tcp",
        "ct l3proto \(words.family.rawValue)",
      ]))
  }

  private mutating func surroundings(_ place: Place) -> Clause {
    var options = ["meta pkttype \(negation())unicast", "meta length < 1500", "meta cpu >= 0"]
    if transport == nil { options += ["meta l4proto != icmp", "meta l4proto \(negation())tcp"] }
    switch transport {
    case .tcp: options += ["tcp option maxseg size 1460", "@th,16,16 80", "tcp doff > 5"]
    case .udp: options += ["@th,16,16 80", "udp length > 8"]
    default: break
    }
    if family == "inet" { options += ["meta nfproto ipv4", "meta nfproto != ipv6"] }
    if family != "ip6" { options += ["meta protocol ip", "ether saddr 02:00:00:00:00:01"] }
    options +=
      words.family == .ipv4
      ? ["ip ttl > 10", "ip dscp cs0", "ip version 4", "ip frag-off & 0x1fff == 0"]
      : ["ip6 hoplimit > 10", "ip6 dscp cs0", "exthdr frag missing"]
    if place.hook == "output" { options += ["meta skuid 0", "meta skuid != 0", "oif \"eth0\""] }
    return Clause(dice.one(of: options))
  }

  private mutating func stateful() -> Clause {
    Clause(
      dice.one(of: [
        "limit rate 1/hour burst 2 packets", "limit rate over 1/hour", "numgen random mod 2 0",
        family == "netdev" ? "quota over 900 bytes" : "ct count over 1000", "quota over 100 bytes",
        "meta hour \"01:00\"-\"23:00\"",
        "jhash \(words.family.header) saddr mod 2 == 0", "limit rate 100000/second",
      ]))
  }
}
