/// What stands behind backslashes in a JSON string.
@usableFromInline
enum JSONEscapes {
  /// The text of a string's inner bytes; halves of surrogate pairs become replacement characters.
  @usableFromInline
  static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var units: [UInt16] = []
    var rest = bytes
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
        flush(&units, into: &result)
        result.append(byte)
        continue
      }
      if escaped == UInt8(ascii: "u"), let unit = codeUnit(rest.prefix(4)) {
        // Halves of a pair are kept until both are there.
        units.append(unit)
        rest = rest.dropFirst(4)
        continue
      }
      flush(&units, into: &result)
      result.append(plain(escaped))
    }
    flush(&units, into: &result)
    return String(decoding: result, as: UTF8.self)
  }

  private static func flush(_ units: inout [UInt16], into result: inout [UInt8]) {
    guard !units.isEmpty else { return }
    result += Array(String(decoding: units, as: UTF16.self).utf8)
    units = []
  }

  private static func codeUnit(_ digits: ArraySlice<UInt8>) -> UInt16? {
    guard digits.count == 4 else { return nil }
    var unit: UInt16 = 0
    for digit in digits {
      guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
      unit = unit << 4 | UInt16(value)
    }
    return unit
  }

  private static func plain(_ escaped: UInt8) -> UInt8 {
    switch escaped {
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "t"): 9
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    default: escaped
    }
  }
}
