/// Makes random sets of ipset(8) for one family.
struct IPSetGenerator {
  let words: Vocabulary
  var dice: Dice

  /// Sets with the count of dimensions that a rule must name; a `list:set` comes after its members.
  mutating func sets() -> [(set: IPSet, dimensions: Int)] {
    var made: [(set: IPSet, dimensions: Int)] = []
    for index in 0..<dice.weighted([(1, 1), (2, 2), (1, 3)]) {
      made.append(set(named: name(index)))
    }
    let plain = made.filter { $0.dimensions == 1 && !$0.set.type.hasPrefix("bitmap:port") }
    if !plain.isEmpty, dice.chance(30) {
      let members = plain.map(\.set.name)
      made.append((IPSet(name: name(9), type: "list:set size 8", elements: members), 1))
    }
    return made
  }

  private func name(_ index: Int) -> String { "set\(words.family == .ipv4 ? 4 : 6)-\(index)" }

  private var familyWords: String { words.family == .ipv4 ? "family inet" : "family inet6" }

  private mutating func set(named name: String) -> (set: IPSet, dimensions: Int) {
    switch dice.number(1...100) {
    case ...25: return (hashIP(name), 1)
    case ...60: return (hashNet(name), 1)
    case ...75: return (hashIPPort(name), 2)
    case ...83: return (hashNetPort(name), 2)
    case ...86: return (hashNetInterface(name), 2)
    case ...93: return (bitmapPort(name), 1)
    default: return words.family == .ipv4 ? (bitmapIP(name), 1) : (hashIP(name), 1)
    }
  }

  private mutating func hashIP(_ name: String) -> IPSet {
    let timeout = dice.chance(20)
    var elements = dice.some(of: words.hosts, 1...4)
    if timeout { elements = elements.map { $0 + " timeout 9000" } }
    let isCommented = dice.chance(15)
    if isCommented { elements = elements.map { $0 + " comment \"a \($0.count) nomatch\"" } }
    let options = (timeout ? " timeout 600" : "") + (isCommented ? " counters comment" : "")
    return IPSet(name: name, type: "hash:ip \(familyWords)\(options)", elements: elements)
  }

  /// Exceptions are exceptions only where the set has a wider network without.
  private mutating func hashNet(_ name: String) -> IPSet {
    let usable = words.sources.filter { !$0.hasSuffix("/1") && !$0.hasSuffix("/3") }
    let elements = dice.some(of: usable, 1...4).map { dice.chance(30) ? $0 + " nomatch" : $0 }
    return IPSet(name: name, type: "hash:net \(familyWords)", elements: elements)
  }

  private mutating func portElement() -> String {
    "\(dice.chance(70) ? "tcp" : "udp"):\(Vocabulary.port(&dice))"
  }

  private mutating func hashIPPort(_ name: String) -> IPSet {
    let candidates = words.hosts + words.locals
    let elements = dice.some(of: candidates, 1...4).map { "\($0),\(portElement())" }
    return IPSet(name: name, type: "hash:ip,port \(familyWords)", elements: elements)
  }

  private mutating func hashNetPort(_ name: String) -> IPSet {
    let usable = words.sources.filter { !$0.hasSuffix("/1") && !$0.hasSuffix("/3") }
    let elements = dice.some(of: usable, 1...4).map { source in
      "\(source),\(portElement())" + (dice.chance(20) ? " nomatch" : "")
    }
    return IPSet(name: name, type: "hash:net,port \(familyWords)", elements: elements)
  }

  /// Its second dimension is an interface; rules name it as `src,src`, or as `src,dst` for the other.
  private mutating func hashNetInterface(_ name: String) -> IPSet {
    let usable = words.sources.filter { !$0.hasSuffix("/1") && !$0.hasSuffix("/3") }
    let elements = dice.some(of: usable, 1...3).map { "\($0),\(dice.chance(70) ? "eth0" : "eth1")" }
    return IPSet(name: name, type: "hash:net,iface \(familyWords)", elements: elements)
  }

  private mutating func bitmapPort(_ name: String) -> IPSet {
    let ports = dice.some(of: Vocabulary.ports.filter { $0 < 10000 }, 1...4).map { "\($0)" }
    return IPSet(name: name, type: "bitmap:port range 1-10000", elements: ports)
  }

  private mutating func bitmapIP(_ name: String) -> IPSet {
    IPSet(
      name: name, type: "bitmap:ip range 100.64.0.0-100.64.255.255",
      elements: ["100.64.1.7"] + (dice.chance(50) ? ["100.64.2.0-100.64.3.255"] : []))
  }
}
