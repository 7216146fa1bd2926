/// The bytes of a settings file, before YAML is seen in them.
enum YAMLText {
  /// The largest settings file: 1 MiB.
  static let byteLimit = 1 << 20

  /// The first thing that no text file has: too many bytes, bytes that are no UTF-8, controls;
  /// and YAML's directives.
  static func problem(_ bytes: [UInt8]) -> SettingsProblem? {
    guard bytes.count <= byteLimit else {
      return SettingsProblem(.start, "the file is larger than 1 MiB; expected settings")
    }
    var place = SettingsPlace.start
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .emptyInput: return nil
      case .error: return SettingsProblem(place, "bytes that are not UTF-8; expected UTF-8 text")
      case .scalarValue("\n"): place = SettingsPlace(line: place.line + 1, column: 1)
      case .scalarValue("%") where place.column == 1:
        // libyaml compares each %TAG with all before it.
        return SettingsProblem(place, "a directive (\"%\"); expected keys with values")
      case .scalarValue(let scalar):
        if !isText(scalar) {
          return SettingsProblem(
            place, "the control character U+\(hexadecimal(scalar)); expected text")
        }
        place.column += 1
      }
    }
  }

  /// YAML's printable characters. A carriage return is one; alone, it would end lines that no editor sees.
  private static func isText(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...: true
    default: false
    }
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// What stands at a place; `nil` behind the end of its line.
  static func scalar(at place: SettingsPlace, in bytes: [UInt8]) -> Unicode.Scalar? {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.indices.contains(place.line - 1) else { return nil }
    let scalars = String(decoding: lines[place.line - 1], as: UTF8.self).unicodeScalars
    return scalars.dropFirst(place.column - 1).first
  }
}
