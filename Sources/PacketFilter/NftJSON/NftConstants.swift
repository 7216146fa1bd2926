import Addressing
import JSONText

/// The values that nft writes as words, by the type they are of.
enum NftConstants {
  /// The number or name that a scalar stands for; `nil` where it is not known.
  static func part(_ value: JSONValue, _ type: Datatype) -> ElementPart? {
    switch value {
    case .integer(let number):
      guard number >= 0 else { return nil }
      return .range(UInt128(number), UInt128(number))
    case .bool(let flag): return .range(flag ? 1 : 0, flag ? 1 : 0)
    case .string(let text): return part(text, type)
    default: return nil
    }
  }

  private static func part(_ text: String, _ type: Datatype) -> ElementPart? {
    if type == .interfaceName { return .name(pattern(text)) }
    // The listing prints an index by the name that the interface has now.
    if type == .interfaceIndex, ByteText.number(text) == nil {
      return .name(NamePattern(text: text, isPrefix: false))
    }
    return number(text, type).map { .range($0, $0) }
  }

  /// A trailing asterisk stands for any rest, unless a backslash takes its meaning away.
  static func pattern(_ text: String) -> NamePattern {
    guard text.hasSuffix("*") else { return NamePattern(text: text, isPrefix: false) }
    if text.hasSuffix("\\*") {
      return NamePattern(text: text.dropLast(2) + "*", isPrefix: false)
    }
    return NamePattern(text: String(text.dropLast()), isPrefix: true)
  }

  /// The number of a word of that type; `nil` where it is not known.
  static func number(_ text: String, _ type: Datatype) -> UInt128? {
    switch type {
    case .ipv4Address:
      guard case .v4(let bits)? = IPAddress(parsing: text) else { return nil }
      return UInt128(bits)
    case .ipv6Address:
      guard case .v6(let bits)? = IPAddress(parsing: text) else { return nil }
      return bits
    case .transportProtocol: return ProtocolNames.number(text).map { UInt128($0) }
    case .icmpType: return ICMPNames.type(text, family: .ipv4).map { UInt128($0) }
    case .icmp6Type: return ICMPNames.type(text, family: .ipv6).map { UInt128($0) }
    case .icmpCode, .icmp6Code: return icmpCodes[text] ?? ByteText.number(text)
    case .packetKind: return PacketKinds.number(text).map { UInt128($0) }
    case .addressKind:
      return AddressKind(text).map { UInt128($0.rawValue) } ?? ByteText.number(text)
    default: return words(type)[text] ?? ByteText.number(text)
    }
  }

  private static let icmpCodes: [String: UInt128] = [
    "net-unreachable": 0, "host-unreachable": 1, "prot-unreachable": 2, "frag-needed": 4,
    "net-prohibited": 9, "host-prohibited": 10,
  ]

  private static func words(_ type: Datatype) -> [String: UInt128] {
    switch type {
    case .connectionState: connectionStates
    case .connectionStatus: connectionStatuses
    case .connectionDirection: ["original": 0, "reply": 1]
    case .tcpFlags: tcpFlags
    case .networkFamily:
      ["ipv4": 2, "ipv6": 10, "ip": 2, "ip6": 10, "arp": 3, "bridge": 7, "inet": 1]
    case .etherType: etherTypes
    case .boolean: ["exists": 1, "missing": 0, "true": 1, "false": 0]
    default: [:]
    }
  }

  private static let connectionStates: [String: UInt128] = [
    "invalid": 1, "established": 2, "related": 4, "new": 8, "untracked": 64,
  ]
  private static let connectionStatuses: [String: UInt128] = [
    "expected": 1, "seen-reply": 2, "assured": 4, "confirmed": 8, "snat": 16, "dnat": 32,
    "seq-adjust": 64, "snat-done": 128, "dnat-done": 256, "dying": 512, "fixed-timeout": 1024,
    "template": 2048, "helper": 8192,
  ]
  private static let tcpFlags: [String: UInt128] = [
    "fin": 1, "syn": 2, "rst": 4, "psh": 8, "ack": 16, "urg": 32, "ecn": 64, "cwr": 128,
  ]
  private static let etherTypes: [String: UInt128] = [
    "ip": 0x0800, "arp": 0x0806, "ip6": 0x86DD, "vlan": 0x8100, "8021q": 0x8100, "8021ad": 0x88A8,
  ]

  /// The bits of one word, of several in an array, or of several joined with bars.
  static func bits(_ value: JSONValue, _ type: Datatype) -> UInt128? {
    if let array = value.array ?? value["|"]?.array {
      var result: UInt128 = 0
      for item in array {
        guard let bits = bits(item, type) else { return nil }
        result |= bits
      }
      return result
    }
    guard case .range(let low, let high)? = part(value, type), low == high else { return nil }
    return low
  }
}
