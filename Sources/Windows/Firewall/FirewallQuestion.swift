package import Addressing

/// What Windows Firewall is asked: what becomes of inbound packets from these sources.
package struct FirewallQuestion: Sendable, Hashable {
  package var sources: AddressSet
  package var destination: IPAddress
  package var packet: Packet
  package var surroundings: FirewallSurroundings

  package enum Packet: Sendable, Hashable {
    case tcp(port: UInt16)
    case udp(port: UInt16)
    /// ICMP's question whether the host is there: type 8, for IPv6 type 128.
    case echoRequest

    /// The port; `nil` for a packet without one.
    var port: UInt16? {
      switch self {
      case .tcp(let port), .udp(let port): port
      case .echoRequest: nil
      }
    }
  }

  package init(
    sources: AddressSet, destination: IPAddress, packet: Packet,
    surroundings: FirewallSurroundings
  ) {
    self.sources = sources
    self.destination = destination
    self.packet = packet
    self.surroundings = surroundings
  }
}

/// What rules ask of beside the packet itself.
package struct FirewallSurroundings: Sendable, Hashable {
  package var receiver: Receiver
  /// The networks that this host is a part of; `nil` where they are not known.
  package var localSubnets: AddressSet?
  /// `LAN`, `Wireless` or `RAS`: what the destination's adapter is; `nil` where it is not known.
  package var interfaceType: String?

  /// Who takes the packet.
  package enum Receiver: Sendable, Hashable {
    /// Nobody waits for it yet, so a rule for a program or a service applies only to who will.
    case nobody
    case process(WindowsProcess)
    case unknown
  }

  package init(
    receiver: Receiver, localSubnets: AddressSet? = nil, interfaceType: String? = nil
  ) {
    self.receiver = receiver
    self.localSubnets = localSubnets
    self.interfaceType = interfaceType
  }
}
