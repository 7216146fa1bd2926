/// How nft writes a value, and how wide it is.
enum Datatype: Sendable, Hashable {
  case ipv4Address, ipv6Address, port, interfaceName, interfaceIndex
  case transportProtocol, networkFamily, etherType
  case mark, connectionState, connectionStatus, connectionDirection
  case tcpFlags, icmpType, icmp6Type, icmpCode, icmp6Code
  case addressKind, packetKind, boolean
  case integer(bits: Int)
  /// A type that the evaluator has no values for; its name.
  case other(String)

  /// The type that nft writes as that word in a set's `type`.
  init(nftName name: String) {
    switch name {
    case "ipv4_addr": self = .ipv4Address
    case "ipv6_addr": self = .ipv6Address
    case "inet_service": self = .port
    case "ifname": self = .interfaceName
    case "iface_index": self = .interfaceIndex
    case "inet_proto": self = .transportProtocol
    case "nf_proto": self = .networkFamily
    case "ether_type": self = .etherType
    case "mark": self = .mark
    case "ct_state": self = .connectionState
    case "ct_status": self = .connectionStatus
    case "ct_dir": self = .connectionDirection
    case "tcp_flag": self = .tcpFlags
    case "icmp_type": self = .icmpType
    case "icmpv6_type": self = .icmp6Type
    case "icmp_code": self = .icmpCode
    case "icmpv6_code": self = .icmp6Code
    case "fib_addrtype": self = .addressKind
    case "pkt_type": self = .packetKind
    case "boolean": self = .boolean
    case "integer": self = .integer(bits: 32)
    default: self = .other(name)
    }
  }

  /// Bits of a value, for prefixes and complements.
  var bitCount: Int {
    switch self {
    case .ipv4Address, .mark, .interfaceIndex, .connectionState, .connectionStatus: 32
    case .ipv6Address: 128
    case .port, .etherType: 16
    case .integer(let bits): bits
    case .interfaceName, .other: 128
    default: 8
    }
  }
}
