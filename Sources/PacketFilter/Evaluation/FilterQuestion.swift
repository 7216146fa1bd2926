package import Addressing

/// Packets from a set of sources to one destination.
package struct FilterQuestion: Sendable, Hashable {
  /// The protocols that a question may be about.
  package enum TransportKind: String, Sendable, Hashable {
    case tcp, udp
    /// An echo request, of either family.
    case icmp
  }

  /// The sources, all of one family.
  package var sources: AddressSet
  /// The source ports that a client may use; by default those that need no privilege, 1024–65535.
  package var sourcePorts: PortRange
  /// Where the packets go; of the same family.
  package var destination: IPAddress
  /// The protocol of the packets.
  package var transport: TransportKind
  /// The destination port; `nil` for ICMP.
  package var port: UInt16?
  /// The interface that the packets come in by.
  package var inInterface: String

  /// A question; `nil` when the destination is of another family than the sources, or a port is missing.
  package init?(
    sources: AddressSet, sourcePorts: PortRange? = nil, destination: IPAddress,
    transport: TransportKind, port: UInt16?, inInterface: String
  ) {
    guard sources.family == destination.family, transport == .icmp || port != nil else {
      return nil
    }
    self.sources = sources
    self.sourcePorts = sourcePorts ?? PortRange(1024, .max) ?? .all
    self.destination = destination
    self.transport = transport
    self.port = transport == .icmp ? nil : port
    self.inInterface = inInterface
  }
}
