package import Host

/// The attributes behind a netlink structure: `struct nlattr`, type and length, each padded to 4 bytes.
package struct NetlinkAttributes: Sendable, Hashable {
  private var values: [UInt16: ArraySlice<UInt8>] = [:]

  /// Splits the bytes. Of two attributes of one type the last stands.
  ///
  /// - Throws: for a length that is less than a header's, or more than is left.
  package init(parsing bytes: ArraySlice<UInt8>) throws(ParseFailure) {
    var rest = bytes
    while rest.count >= 4 {
      guard let length = rest.hostOrder(UInt16.self, at: 0).map(Int.init),
        let type = rest.hostOrder(UInt16.self, at: 2), length >= 4, length <= rest.count
      else {
        throw ParseFailure(
          found: "an attribute at byte \(rest.startIndex)",
          expected: "a length from 4 to the \(rest.count) bytes left")
      }
      // The two high bits say "nested" and "network order"; they are not part of the type.
      values[type & 0x3FFF] = rest.dropFirst(4).prefix(length - 4)
      rest = rest.dropFirst((length + 3) & ~3)
    }
  }

  /// The bytes of the attribute of that type.
  package subscript(type: UInt16) -> ArraySlice<UInt8>? { values[type] }

  /// An attribute that holds a NUL-ended name.
  package func string(_ type: UInt16) -> String? {
    values[type].map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// An attribute that holds 32 bits in host order.
  package func integer(_ type: UInt16) -> UInt32? { values[type]?.hostOrder(UInt32.self, at: 0) }
}
