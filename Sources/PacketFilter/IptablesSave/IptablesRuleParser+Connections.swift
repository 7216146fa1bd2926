import Addressing

extension IptablesRuleParser {
  /// The words of `-m conntrack` and `-m state`.
  mutating func parseConntrack(_ module: String) {
    forEachOption(module) { parser, option, negated in
      switch option {
      case "--ctstate", "--state": parser.parseState(negated)
      case "--ctstatus": parser.parseStatus(negated)
      case "--ctdir": parser.parseDirection(negated)
      case "--ctproto":
        guard let number = ProtocolNames.number(parser.tokens.next() ?? "") else { return false }
        parser.add(.field(.connectionProtocol), .number(number), negated)
      case "--ctorigsrc": return parser.parseEnd(.original(.source), negated)
      case "--ctorigdst": return parser.parseEnd(.original(.destination), negated)
      case "--ctreplsrc": return parser.parseEnd(.answer(.source), negated)
      case "--ctrepldst": return parser.parseEnd(.answer(.destination), negated)
      case "--ctorigsrcport": return parser.parseEndPort(.original(.sourcePort), negated)
      case "--ctorigdstport": return parser.parseEndPort(.original(.destinationPort), negated)
      case "--ctreplsrcport": return parser.parseEndPort(.answer(.sourcePort), negated)
      case "--ctrepldstport": return parser.parseEndPort(.answer(.destinationPort), negated)
      default: return false
      }
      return true
    }
  }

  private mutating func parseState(_ negated: Bool) {
    var states: UInt128 = 0
    var status: UInt128 = 0
    for name in (tokens.next() ?? "").split(separator: ",") {
      switch name {
      case "INVALID": states |= ConnectionState.invalid.rawValue
      case "ESTABLISHED": states |= ConnectionState.established.rawValue
      case "RELATED": states |= ConnectionState.related.rawValue
      case "NEW": states |= ConnectionState.new.rawValue
      case "UNTRACKED": states |= ConnectionState.untracked.rawValue
      case "SNAT": status |= ConnectionStatus.sourceTranslated
      case "DNAT": status |= ConnectionStatus.destinationTranslated
      default: return doubt("ctstate \(name)")
      }
    }
    let state = Condition.comparison(
      Comparison(operand: .field(.connectionState), relation: .hasAny(states)))
    let translated = Condition.comparison(
      Comparison(operand: .field(.connectionStatus), relation: .hasAny(status)))
    let either = status == 0 ? state : .any([state, translated])
    conditions.append(negated ? .not(either) : either)
  }

  private mutating func parseStatus(_ negated: Bool) {
    var bits: UInt128 = 0
    for name in (tokens.next() ?? "").split(separator: ",") {
      switch name {
      case "NONE": break
      case "EXPECTED": bits |= ConnectionStatus.expected
      case "SEEN_REPLY": bits |= ConnectionStatus.seenReply
      case "ASSURED": bits |= ConnectionStatus.assured
      case "CONFIRMED": bits |= ConnectionStatus.confirmed
      default: return doubt("ctstatus \(name)")
      }
    }
    conditions.append(
      .comparison(
        Comparison(
          operand: .field(.connectionStatus), relation: negated ? .hasNone(bits) : .hasAny(bits))))
  }

  private mutating func parseDirection(_ negated: Bool) {
    let direction = tokens.next() ?? ""
    guard ["ORIGINAL", "REPLY"].contains(direction) else { return doubt("ctdir \(direction)") }
    add(
      .field(.connectionDirection), .number((direction == "ORIGINAL") != negated ? 0 : 1), false)
  }

  private mutating func parseEnd(_ field: Field, _ negated: Bool) -> Bool {
    guard let text = tokens.next(), let prefix = AddressPrefix(parsing: text),
      prefix.base.family == scope.family
    else { return false }
    add(.field(field), .numbers(AddressSet(prefix).numbers), negated)
    return true
  }

  private mutating func parseEndPort(_ field: Field, _ negated: Bool) -> Bool {
    let ends = (tokens.next() ?? "").split(separator: ":", maxSplits: 1)
    guard let first = ends.first, let last = ends.last, let low = UInt16(first),
      let high = UInt16(last), low <= high
    else { return false }
    add(.field(field), .numbers(IntervalSet(UInt128(low), UInt128(high))), negated)
    return true
  }
}

/// What the kernel holds of a packet's connection, as the bits that nft and netlink use.
struct ConnectionState: RawRepresentable, Sendable, Hashable {
  var rawValue: UInt128

  static let invalid = ConnectionState(rawValue: 1)
  static let established = ConnectionState(rawValue: 2)
  static let related = ConnectionState(rawValue: 4)
  static let new = ConnectionState(rawValue: 8)
  static let untracked = ConnectionState(rawValue: 64)
}

/// Bits of a connection's status: `IPS_*` of `linux/netfilter/nf_conntrack_common.h`.
enum ConnectionStatus {
  static let expected: UInt128 = 1
  static let seenReply: UInt128 = 2
  static let assured: UInt128 = 4
  static let confirmed: UInt128 = 8
  static let sourceTranslated: UInt128 = 16
  static let destinationTranslated: UInt128 = 32
}
