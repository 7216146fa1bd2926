import Addressing

/// What a rule computes from a packet.
indirect enum Operand: Sendable {
  case field(Field)
  case number(UInt128)
  case name(String)
  /// Two operands joined bit by bit.
  case bits(BitOperation, Operand, Operand)
  case concatenation([Operand])
  /// The value that a map has for a key.
  case map(Operand, Values)
  /// The operand in packets of that family and transport protocol; others have no such thing.
  case guarded(IPAddress.Family?, TransportProtocol?, Operand)
  /// A number between two that the packet, or chance, decides.
  case between(UInt128, UInt128, Doubt)
  /// What no packet of ours has: the rule goes no further.
  case absent
  case doubt(Doubt)

  /// How two numbers are joined.
  enum BitOperation: Sendable {
    case and, or, xor, shiftLeft, shiftRight
  }
}

/// What of a packet, or of its connection, a rule looks at.
enum Field: Sendable, Hashable {
  case sourceAddress(IPAddress.Family), destinationAddress(IPAddress.Family)
  /// A port of the protocol; `nil` means any protocol that has ports.
  case sourcePort(TransportProtocol?), destinationPort(TransportProtocol?)
  /// The two bytes where a transport header has its ports, whatever the protocol has there.
  case headerPort(isSource: Bool)
  /// What ipset takes for a port: for ICMP its type and code.
  case setPort(isSource: Bool)
  /// The transport protocol's number; with a family only in packets of that family.
  case transportProtocol(IPAddress.Family?)
  case networkFamily
  /// The protocol that the kernel has the packet down for.
  case etherType
  /// The type in the Ethernet header, which a packet made here does not have yet.
  case etherHeaderType
  case inInterface, outInterface, inIndex, outIndex
  case mark, connectionMark
  case connectionState, connectionStatus, connectionDirection, connectionZone, connectionHelper
  /// The family and the transport protocol of the connection's first packet.
  case connectionFamily, connectionProtocol
  case original(ConnectionField), answer(ConnectionField)
  case tcpFlags
  case icmpType(IPAddress.Family), icmpCode(IPAddress.Family)
  /// Bytes of the packet from the network header on.
  case packetLength
  case timeToLive(IPAddress.Family)
  case fragmentOffset
  case packetKind
  case addressKind(ofSource: Bool, onInterface: Interface?)
  /// Whether a route to the source leaves by the interface; 1 or 0.
  case reversePath(sameInterface: Bool)
  /// The user or group that owns the socket of a packet made here.
  case socketOwner
  /// The version of the IP header.
  case version(IPAddress.Family)

  /// An end of a connection as its first packet had it, or as an answer has it.
  enum ConnectionField: Sendable, Hashable {
    case source, destination, sourcePort, destinationPort
  }

  /// One of the two interfaces that a packet may have.
  enum Interface: Sendable, Hashable {
    case inward, outward
  }
}

/// A transport protocol by its number.
struct TransportProtocol: RawRepresentable, Sendable, Hashable {
  var rawValue: UInt8

  static let icmp = TransportProtocol(rawValue: 1)
  static let tcp = TransportProtocol(rawValue: 6)
  static let udp = TransportProtocol(rawValue: 17)
  static let icmp6 = TransportProtocol(rawValue: 58)

  /// Whether its header begins with two ports.
  var hasPorts: Bool { [6, 17, 33, 132, 136].contains(rawValue) }
}
