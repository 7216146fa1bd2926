internal import Glibc

/// An IPv4 or IPv6 address, without port, zone or prefix length.
package enum IPAddress: Sendable, Hashable {
  /// The 32 bits in host order: 10.0.0.5 is `0x0A00_0005`.
  case v4(UInt32)
  /// The 128 bits in host order: `::1` is 1.
  case v6(UInt128)

  /// Parses dotted quads and RFC 4291 text, without brackets or zone.
  ///
  /// Returns `nil` for anything that inet_pton(3) refuses: no octal, no shortened quads.
  package init?(parsing text: some StringProtocol) {
    let string = String(text)
    // inet_pton reads a C string: it would stop at a NUL and accept what stands before it.
    guard !string.utf8.contains(0) else { return nil }
    var four = in_addr()
    if inet_pton(AF_INET, string, &four) == 1 {
      self = .v4(UInt32(bigEndian: four.s_addr))
      return
    }
    var six = in6_addr()
    guard inet_pton(AF_INET6, string, &six) == 1 else { return nil }
    self = .v6(withUnsafeBytes(of: six) { IPAddress.bigEndian($0) })
  }

  /// The address in network byte order: 4 or 16 bytes; `nil` for any other count.
  package init?(networkBytes bytes: some Collection<UInt8>) {
    switch bytes.count {
    case 4: self = .v4(bytes.reduce(0) { $0 << 8 | UInt32($1) })
    case 16: self = .v6(IPAddress.bigEndian(bytes))
    default: return nil
    }
  }

  /// The address in network byte order: 4 or 16 bytes.
  package var networkBytes: [UInt8] {
    switch self {
    case .v4(let bits): withUnsafeBytes(of: bits.bigEndian) { Array($0) }
    case .v6(let bits): withUnsafeBytes(of: bits.bigEndian) { Array($0) }
    }
  }

  private static func bigEndian(_ bytes: some Sequence<UInt8>) -> UInt128 {
    bytes.reduce(0) { $0 << 8 | UInt128($1) }
  }
}

extension IPAddress {
  /// Which of the two families the address is of.
  package enum Family: String, Sendable, Hashable, CaseIterable {
    case ipv4 = "IPv4"
    case ipv6 = "IPv6"

    /// 32 or 128.
    package var bitCount: Int { self == .ipv4 ? 32 : 128 }
  }

  /// Which of the two families the address is of.
  package var family: Family {
    switch self {
    case .v4: .ipv4
    case .v6: .ipv6
    }
  }

  /// The address that means "every address of this host": `0.0.0.0` or `::`.
  package var isUnspecified: Bool {
    switch self {
    case .v4(let bits): bits == 0
    case .v6(let bits): bits == 0
    }
  }

  /// 127.0.0.0/8, `::1`, or the former mapped into IPv6.
  package var isLoopback: Bool {
    switch unmapped {
    case .v4(let bits): bits >> 24 == 127
    case .v6(let bits): bits == 1
    }
  }

  /// 169.254.0.0/16 or fe80::/10.
  package var isLinkLocal: Bool {
    switch self {
    case .v4(let bits): bits >> 16 == 0xA9FE
    case .v6(let bits): bits >> 118 == 0xFE80 >> 6
    }
  }

  /// An RFC 1918 address, or a unique local one of RFC 4193.
  package var isPrivate: Bool {
    switch self {
    case .v4(let bits): bits >> 24 == 10 || bits >> 20 == 0xAC1 || bits >> 16 == 0xC0A8
    case .v6(let bits): bits >> 121 == 0xFC >> 1
    }
  }

  /// The IPv4 address inside an IPv4-mapped one (`::ffff:10.0.0.5`); any other address as it is.
  package var unmapped: IPAddress {
    guard case .v6(let bits) = self, bits >> 32 == 0xFFFF else { return self }
    return .v4(UInt32(truncatingIfNeeded: bits))
  }

  /// The address as a URL's host: IPv6 in brackets.
  package var urlHost: String {
    family == .ipv4 ? description : "[\(description)]"
  }
}

extension IPAddress: CustomStringConvertible {
  /// Dotted quads, or the form of RFC 5952.
  package var description: String {
    switch self {
    case .v4(let bits):
      return "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    case .v6:
      var address = in6_addr()
      withUnsafeMutableBytes(of: &address) { $0.copyBytes(from: networkBytes) }
      var text = [UInt8](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      let written = text.withUnsafeMutableBytes { buffer in
        buffer.withMemoryRebound(to: CChar.self) {
          inet_ntop(AF_INET6, &address, $0.baseAddress, socklen_t($0.count)) != nil
        }
      }
      precondition(written, "the buffer holds every IPv6 address")
      return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

extension IPAddress: Comparable {
  /// Every IPv4 address before every IPv6 one, each family in numeric order.
  package static func < (left: IPAddress, right: IPAddress) -> Bool {
    switch (left, right) {
    case (.v4(let a), .v4(let b)): a < b
    case (.v6(let a), .v6(let b)): a < b
    case (.v4, .v6): true
    case (.v6, .v4): false
    }
  }
}
