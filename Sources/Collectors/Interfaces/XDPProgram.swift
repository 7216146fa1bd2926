import Host

/// A program that an interface runs on each packet before the packet filter, and before tcpdump, can
/// see it. It may drop, answer or redirect the packet, and no counter of the kernel's moves.
///
/// Source: `IFLA_XDP` of rtnetlink(7), linux/if_link.h.
package struct XDPProgram: Sendable, Hashable {
  package var mode: Mode
  /// The program's number, as `bpftool prog show id` takes it; `nil` before 4.13, and where the
  /// interface runs several.
  package var id: UInt32?

  package init(mode: Mode, id: UInt32? = nil) {
    self.mode = mode
    self.id = id
  }

  /// Where it runs: `XDP_ATTACHED_*`.
  package struct Mode: RawRepresentable, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// In the network driver.
    package static let driver = Mode(rawValue: 1)
    /// Behind the driver, in the kernel's own code: `xdpgeneric`.
    package static let generic = Mode(rawValue: 2)
    /// On the network card.
    package static let hardware = Mode(rawValue: 3)
    /// At several of these places, a program at each.
    package static let several = Mode(rawValue: 4)
  }

  /// `nil` where the attribute is missing, or says that no program is attached.
  init?(parsing bytes: ArraySlice<UInt8>) throws(ParseFailure) {
    let attributes = try NetlinkAttributes(parsing: bytes)
    // IFLA_XDP_ATTACHED 2, IFLA_XDP_PROG_ID 4.
    guard let mode = attributes[2]?.first, mode != 0 else { return nil }
    self.init(mode: Mode(rawValue: mode), id: attributes.integer(4))
  }
}

extension XDPProgram.Mode: CustomStringConvertible {
  /// As ip-link(8) prints it, or the number.
  package var description: String {
    switch self {
    case .driver: "xdp"
    case .generic: "xdpgeneric"
    case .hardware: "xdpoffload"
    case .several: "xdpmulti"
    default: "\(rawValue)"
    }
  }
}
