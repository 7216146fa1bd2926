import Addressing
import Glibc

/// Numbers and addresses read from bytes, without a string in between.
enum ByteText {
  /// The text of the bytes; bytes that are not UTF-8 become replacement characters.
  static func string(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// Parses dotted quads; `nil` for anything else.
  static func ipv4(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32? {
    guard range.count >= 7, range.count <= 15 else { return nil }
    var result: UInt32 = 0
    var part: UInt32 = 0
    var (digits, dots) = (0, 0)
    for index in range {
      let byte = bytes[index]
      if byte == UInt8(ascii: ".") {
        guard digits > 0, dots < 3 else { return nil }
        result = result << 8 | part
        (part, digits, dots) = (0, 0, dots + 1)
      } else {
        guard let digit = decimalDigit(byte), digits < 3 else { return nil }
        part = part * 10 + digit
        digits += 1
        guard part <= 255 else { return nil }
      }
    }
    guard dots == 3, digits > 0 else { return nil }
    return result << 8 | part
  }

  /// Parses an address of either family.
  static func address(_ bytes: [UInt8], _ range: Range<Int>) -> IPAddress? {
    if let four = ipv4(bytes, range) { return .v4(four) }
    guard range.count <= 64 else { return nil }
    return IPAddress(parsing: string(bytes, range))
  }

  /// Parses decimal digits, or hexadecimal ones behind `0x`; `nil` for none, other bytes and overflow.
  static func number(_ text: some StringProtocol) -> UInt128? {
    let digits = text.utf8
    guard digits.first.map({ decimalDigit($0) != nil }) == true, digits.count <= 40 else {
      return nil
    }
    if text.hasPrefix("0x") || text.hasPrefix("0X") {
      return UInt128(text.dropFirst(2), radix: 16)
    }
    return UInt128(text, radix: 10)
  }

  /// The value of a digit; `nil` for any other byte.
  @inline(__always)
  static func decimalDigit(_ byte: UInt8) -> UInt32? {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      ? UInt32(byte - UInt8(ascii: "0")) : nil
  }

  /// The place of a byte in a range; `nil` where it is not there.
  static func firstIndex(of byte: UInt8, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count, !range.isEmpty else { return nil }
    // memchr(3) looks at many bytes at once, and most of a listing is looked through for one byte.
    return bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress,
        let found = memchr(start + range.lowerBound, Int32(byte), range.count)
      else { return nil }
      return UnsafeRawPointer(found) - start
    }
  }
}
