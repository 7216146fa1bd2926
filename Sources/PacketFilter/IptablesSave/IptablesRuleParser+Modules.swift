import Addressing

extension IptablesRuleParser {
  /// Parses the words behind `-m NAME`.
  mutating func parseModule(_ name: String) {
    switch name {
    case "tcp", "udp", "icmp", "icmp6", "udplite", "sctp", "dccp": parseTransportModule(name)
    case "multiport": parseMultiport()
    case "comment": tokens.skip(); tokens.skip()
    case "conntrack", "state": parseConntrack(name)
    case "mark": parseMark(.mark)
    case "connmark": parseMark(.connectionMark)
    case "set": parseSet()
    case "addrtype": parseAddressKind()
    case "iprange": parseAddressRange()
    case "pkttype": parsePacketKind()
    case "recent": parseRecent()
    case "owner": parseOwner()
    case "ttl", "hl": parseTimeToLive()
    case "length": parseLength()
    case "physdev": parsePhysicalDevice()
    case "rpfilter": parseReversePath()
    case "policy": parsePolicy()
    case "nfacct": skipUnknown()
    default:
      conditions.append(
        .doubt(Self.statefulModules.contains(name) ? .stateful(name) : .notUnderstood(name)))
      skipUnknown()
    }
  }

  /// Modules whose outcome changes from packet to packet, or with what a packet carries.
  private static let statefulModules: Set<String> = [
    "limit", "hashlimit", "connlimit", "quota", "quota2", "statistic", "time", "string", "u32",
    "bpf", "connbytes", "osf", "helper", "socket", "random", "psd", "dstlimit", "nth", "cluster",
    "rateest", "condition", "cpu",
  ]

  private mutating func parseTransportModule(_ name: String) {
    let transport = self.transport ?? ProtocolNames.number(name).map(TransportProtocol.init)
    while !tokens.isAtEnd {
      let next = tokens
      let negated = tokens.takeNegation()
      let option = tokens.peek
      guard option.hasPrefix("--"), let transport else {
        tokens = next
        return
      }
      tokens.skip()
      guard !parseTransportOption(option, transport, negated) else { continue }
      doubt("\(name) \(option)")
      skipValues()
    }
  }

  /// Steps over the values of an option that is not known.
  private mutating func skipValues() {
    while !tokens.isAtEnd, !tokens.peek.hasPrefix("-"), !tokens.peekIsNegation { tokens.skip() }
  }

  /// Calls the reader for each option of the module, with whether it is negated.
  mutating func forEachOption(
    _ module: String, _ read: (inout Self, String, Bool) -> Bool
  ) {
    while !tokens.isAtEnd {
      let before = tokens
      let negated = tokens.takeNegation()
      let option = tokens.peek
      guard option.hasPrefix("--") else {
        tokens = before
        return
      }
      tokens.skip()
      guard !read(&self, option, negated || tokens.takeNegation()) else { continue }
      doubt("\(module) \(option)")
      skipValues()
    }
  }

  private mutating func parseMark(_ field: Field) {
    forEachOption("mark") { parser, option, negated in
      guard option == "--mark", let text = parser.tokens.next(),
        let (value, mask) = Self.maskedNumber(text)
      else { return false }
      // The kernel cuts the mark by the mask, and not the value: one with other bits equals no mark.
      parser.add(.field(field), .masked(value, mask: mask), negated)
      return true
    }
  }

  /// The number and mask of `VALUE` or `VALUE/MASK`.
  static func maskedNumber(_ text: String) -> (UInt128, UInt128)? {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard let first = parts.first, let value = ByteText.number(first) else { return nil }
    guard parts.count == 2 else { return (value, 0xFFFF_FFFF) }
    return ByteText.number(parts[1]).map { (value, $0) }
  }

  private mutating func parseAddressRange() {
    let family = scope.family
    forEachOption("iprange") { parser, option, negated in
      let ends = (parser.tokens.next() ?? "").split(separator: "-", maxSplits: 1)
      guard let first = ends.first, let last = ends.last, ends.count <= 2,
        let low = IPAddress(parsing: first), let high = IPAddress(parsing: last),
        low.family == family, high.family == family, low <= high
      else { return false }
      let values = Values.numbers(IntervalSet(low.number, high.number))
      switch option {
      case "--src-range": parser.add(.field(.sourceAddress(family)), values, negated)
      case "--dst-range": parser.add(.field(.destinationAddress(family)), values, negated)
      default: return false
      }
      return true
    }
  }

  private mutating func parsePacketKind() {
    forEachOption("pkttype") { parser, option, negated in
      guard option == "--pkt-type", let number = PacketKinds.number(parser.tokens.next() ?? "")
      else { return false }
      parser.add(.field(.packetKind), .number(number), negated)
      return true
    }
  }

  /// `--set` alone notes the source and holds for every packet.
  private mutating func parseRecent() {
    var asks = false
    while !tokens.isAtEnd {
      let before = tokens
      _ = tokens.takeNegation()
      guard tokens.peek.hasPrefix("--") else {
        tokens = before
        break
      }
      let option = tokens.next() ?? ""
      asks = asks || ["--rcheck", "--update", "--remove"].contains(option)
      skipValues()
    }
    if asks { conditions.append(.doubt(.stateful("recent"))) }
  }

  private mutating func parseOwner() {
    forEachOption("owner") { parser, option, negated in
      guard option.hasSuffix("-owner") || option == "--socket-exists" else { return false }
      if option != "--socket-exists" { parser.tokens.skip() }
      // What it asks of the owner is not known here; of a packet without owner it is known.
      let holds = Condition.comparison(
        Comparison(
          operand: .field(.socketOwner), relation: .isIn, values: .doubt(.notUnderstood("owner"))))
      parser.conditions.append(negated ? .not(holds) : holds)
      return true
    }
  }

  private mutating func parseTimeToLive() {
    let family = scope.family
    forEachOption("ttl") { parser, option, negated in
      guard let number = UInt8(parser.tokens.next() ?? "") else { return false }
      let values: IntervalSet
      switch option.suffix(3) {
      case "-eq", "ttl", "-hl": values = IntervalSet(UInt128(number), UInt128(number))
      case "-lt": values = number == 0 ? IntervalSet() : IntervalSet(0, UInt128(number) - 1)
      case "-gt":
        values = number == .max ? IntervalSet() : IntervalSet(UInt128(number) + 1, 255)
      default: return false
      }
      parser.add(.field(.timeToLive(family)), .numbers(values), negated)
      return true
    }
  }

  private mutating func parseLength() {
    forEachOption("length") { parser, option, negated in
      let ends = (parser.tokens.next() ?? "").split(
        separator: ":", omittingEmptySubsequences: false)
      guard option == "--length", let first = ends.first, let last = ends.last, ends.count <= 2,
        let low = first.isEmpty ? 0 : UInt16(first),
        let high = last.isEmpty ? UInt16.max : UInt16(last), low <= high
      else { return false }
      parser.add(
        .field(.packetLength), .numbers(IntervalSet(UInt128(low), UInt128(high))), negated)
      return true
    }
  }

  /// A packet that came over no bridge has no bridge port.
  private mutating func parsePhysicalDevice() {
    forEachOption("physdev") { parser, option, negated in
      if option == "--physdev-in" || option == "--physdev-out" { parser.tokens.skip() }
      parser.conditions.append(.constant(negated))
      return option.hasPrefix("--physdev-")
    }
  }

  private mutating func parseReversePath() {
    var isInverted = false
    var isLoose = false
    var isPlain = true
    forEachOption("rpfilter") { _, option, _ in
      switch option {
      case "--invert": isInverted = true
      case "--loose": isLoose = true
      case "--validmark": break
      default: isPlain = false
      }
      return true
    }
    guard isPlain else { return doubt("rpfilter") }
    add(.field(.reversePath(sameInterface: !isLoose)), .number(isInverted ? 0 : 1), false)
  }

  /// A plain packet has come through no IPsec tunnel.
  private mutating func parsePolicy() {
    var wantsNone: Bool?
    forEachOption("policy") { parser, option, negated in
      switch option {
      case "--pol": wantsNone = (parser.tokens.next() == "none") != negated
      case "--strict", "--next": break
      default: parser.tokens.skip()
      }
      return true
    }
    guard let wantsNone else { return doubt("policy") }
    conditions.append(.constant(wantsNone))
  }
}

/// The kinds of link-layer destination that a packet may have come to.
enum PacketKinds {
  /// The number of a kind's name; the kernel's `PACKET_HOST` and following.
  static func number(_ name: String) -> UInt8? {
    switch name {
    case "unicast", "host": 0
    case "broadcast": 1
    case "multicast": 2
    case "other": 3
    default: UInt8(name)
    }
  }
}
