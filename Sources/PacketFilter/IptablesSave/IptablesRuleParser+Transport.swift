import Addressing

extension IptablesRuleParser {
  /// The options of `-m tcp`, `-m udp` and their like; `false` for an option that is none of theirs.
  mutating func parseTransportOption(
    _ option: String, _ transport: TransportProtocol, _ negatedBefore: Bool
  ) -> Bool {
    switch option {
    case "--sport", "--source-port", "--sports":
      parsePorts([.sourcePort(transport)], negatedBefore)
    case "--dport", "--destination-port", "--dports":
      parsePorts([.destinationPort(transport)], negatedBefore)
    case "--tcp-flags":
      parseTCPFlags(negatedBefore)
    case "--syn":
      addFlags(mask: 0x17, equal: 0x02, negatedBefore)
    case "--icmp-type", "--icmpv6-type":
      parseICMPType(negatedBefore)
    default:
      return false
    }
    return true
  }

  /// The words of `-m multiport`.
  mutating func parseMultiport() {
    let negatedBefore = tokens.takeNegation()
    let option = tokens.next() ?? ""
    switch option {
    case "--sports", "--source-ports": parsePorts([.sourcePort(transport)], negatedBefore)
    case "--dports", "--destination-ports": parsePorts([.destinationPort(transport)], negatedBefore)
    case "--ports":
      parsePorts([.sourcePort(transport), .destinationPort(transport)], negatedBefore)
    default: doubt("multiport \(option)")
    }
  }

  private mutating func parsePorts(_ fields: [Field], _ negatedBefore: Bool) {
    let negated = tokens.takeNegation() != negatedBefore
    let text = tokens.next() ?? ""
    var ranges: [IntervalSet.Interval] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let low = ends[0].isEmpty ? 0 : UInt16(ends[0])
      let high = ends.count == 1 ? low : ends[1].isEmpty ? UInt16.max : UInt16(ends[1])
      guard let low, let high, low <= high else { return doubt("ports \(text)") }
      ranges.append(.init(UInt128(low), UInt128(high)))
    }
    let values = Values.numbers(IntervalSet(ranges))
    let each = fields.map {
      Condition.comparison(Comparison(operand: .field($0), relation: .isIn, values: values))
    }
    if fields.count == 1, negated {
      // A packet without ports has no port that is another one.
      add(.field(fields[0]), values, true)
    } else {
      conditions.append(negated ? .not(.any(each)) : .any(each))
    }
  }

  private mutating func parseTCPFlags(_ negatedBefore: Bool) {
    let negated = tokens.takeNegation() != negatedBefore
    let mask = tokens.next() ?? ""
    let equal = tokens.next() ?? ""
    guard let mask = Self.tcpFlags(mask), let equal = Self.tcpFlags(equal) else {
      return doubt("tcp-flags")
    }
    addFlags(mask: mask, equal: equal, negated)
  }

  private mutating func addFlags(mask: UInt128, equal: UInt128, _ negated: Bool) {
    add(
      .bits(.and, .field(.tcpFlags), .number(mask)), .number(equal), negated)
  }

  private static func tcpFlags(_ text: String) -> UInt128? {
    var bits: UInt128 = 0
    for name in text.split(separator: ",") {
      switch name {
      case "FIN": bits |= 1
      case "SYN": bits |= 2
      case "RST": bits |= 4
      case "PSH": bits |= 8
      case "ACK": bits |= 16
      case "URG": bits |= 32
      case "ALL": bits |= 63
      case "NONE": break
      default: return nil
      }
    }
    return bits
  }

  private mutating func parseICMPType(_ negatedBefore: Bool) {
    let negated = tokens.takeNegation() != negatedBefore
    let text = tokens.next() ?? ""
    guard text != "any", text != "255" else { return }
    guard let (type, codes) = ICMPNames.typeAndCodes(text, family: scope.family) else {
      return doubt("icmp-type \(text)")
    }
    var parts = [
      Condition.comparison(
        Comparison(
          operand: .field(.icmpType(scope.family)), relation: .isIn, values: .number(type)))
    ]
    if let codes {
      parts.append(
        .comparison(
          Comparison(
            operand: .field(.icmpCode(scope.family)), relation: .isIn, values: .number(codes))))
    }
    conditions.append(negated ? .not(.all(parts)) : .all(parts))
  }
}

/// The names that ICMP types have in iptables and nft.
enum ICMPNames {
  private static let types4: [String: UInt8] = [
    "echo-reply": 0, "pong": 0, "destination-unreachable": 3, "source-quench": 4, "redirect": 5,
    "echo-request": 8, "ping": 8, "router-advertisement": 9, "router-solicitation": 10,
    "time-exceeded": 11, "ttl-exceeded": 11, "parameter-problem": 12, "timestamp-request": 13,
    "timestamp-reply": 14, "info-request": 15, "info-reply": 16, "address-mask-request": 17,
    "address-mask-reply": 18,
  ]
  private static let types6: [String: UInt8] = [
    "destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3, "ttl-exceeded": 3,
    "parameter-problem": 4, "echo-request": 128, "ping": 128, "echo-reply": 129, "pong": 129,
    "mld-listener-query": 130, "mld-listener-report": 131, "mld-listener-done": 132,
    "mld-listener-reduction": 132, "nd-router-solicit": 133, "router-solicitation": 133,
    "nd-router-advert": 134, "router-advertisement": 134, "nd-neighbor-solicit": 135,
    "neighbour-solicitation": 135, "neighbor-solicitation": 135, "nd-neighbor-advert": 136,
    "neighbour-advertisement": 136, "neighbor-advertisement": 136, "nd-redirect": 137,
    "redirect": 137, "router-renumbering": 138, "ind-neighbor-solicit": 141,
    "ind-neighbor-advert": 142, "mld2-listener-report": 143,
  ]
  /// iptables names that mean one code of destination unreachable, or of another error.
  private static let codes4: [String: (UInt8, UInt8)] = [
    "network-unreachable": (3, 0), "host-unreachable": (3, 1), "protocol-unreachable": (3, 2),
    "port-unreachable": (3, 3), "fragmentation-needed": (3, 4), "source-route-failed": (3, 5),
    "network-unknown": (3, 6), "host-unknown": (3, 7), "network-prohibited": (3, 9),
    "host-prohibited": (3, 10), "TOS-network-unreachable": (3, 11), "TOS-host-unreachable": (3, 12),
    "communication-prohibited": (3, 13), "host-precedence-violation": (3, 14),
    "precedence-cutoff": (3, 15), "network-redirect": (5, 0), "host-redirect": (5, 1),
    "ttl-zero-during-transit": (11, 0), "ttl-zero-during-reassembly": (11, 1),
    "ip-header-bad": (12, 0), "required-option-missing": (12, 1),
  ]
  private static let codes6: [String: (UInt8, UInt8)] = [
    "no-route": (1, 0), "communication-prohibited": (1, 1), "beyond-scope": (1, 2),
    "address-unreachable": (1, 3), "port-unreachable": (1, 4), "failed-policy": (1, 5),
    "reject-route": (1, 6), "ttl-zero-during-transit": (3, 0), "ttl-zero-during-reassembly": (3, 1),
    "bad-header": (4, 0), "unknown-header-type": (4, 1), "unknown-option": (4, 2),
  ]

  /// The number of a type's name.
  static func type(_ name: String, family: IPAddress.Family) -> UInt8? {
    UInt8(name) ?? (family == .ipv4 ? types4 : types6)[name]
  }

  /// The type, and the code where one is named, of `8`, `8/0` or a name.
  static func typeAndCodes(_ text: String, family: IPAddress.Family) -> (UInt8, UInt8?)? {
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    if parts.count == 2, let type = UInt8(parts[0]), let code = UInt8(parts[1]) {
      return (type, code)
    }
    if let type = type(text, family: family) { return (type, nil) }
    guard let both = (family == .ipv4 ? codes4 : codes6)[text] else { return nil }
    return (both.0, both.1)
  }
}
