/// The form of a name that the cloud gives, to tell it from anything else that a server might answer.
package enum CloudName: Sendable, CaseIterable {
  /// `ins-9z8y7x6w`.
  case instanceID
  /// `vpc-0a1b2c3d`.
  case vpcID
  /// `ap-guangzhou`, and for zones `ap-guangzhou-3`.
  case region
  /// What an owner calls something: visible characters and spaces, of any script.
  case displayName

  /// The most bytes that a name may have; CVM's own limits are below it.
  private static let byteLimit = 256

  package func matches(_ text: String) -> Bool {
    guard (1...Self.byteLimit).contains(text.utf8.count) else { return false }
    switch self {
    case .instanceID: return Self.isID(text, prefix: "ins-")
    case .vpcID: return Self.isID(text, prefix: "vpc-")
    case .region:
      guard let first = text.utf8.first, (0x61...0x7A).contains(first) else { return false }
      return text.utf8.allSatisfy { Self.isLowercaseOrDigit($0) || $0 == UInt8(ascii: "-") }
        && text.contains("-")
    case .displayName:
      return text.unicodeScalars.allSatisfy { scalar in
        !scalar.properties.isDefaultIgnorableCodePoint && scalar != "\u{FFFD}"
          && ![.control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned]
            .contains(scalar.properties.generalCategory)
      }
    }
  }

  private static func isID(_ text: String, prefix: String) -> Bool {
    text.hasPrefix(prefix) && text.utf8.count > prefix.utf8.count
      && text.utf8.dropFirst(prefix.utf8.count).allSatisfy(isLowercaseOrDigit)
  }

  private static func isLowercaseOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
