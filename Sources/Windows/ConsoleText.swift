package import Host

/// What a Windows command wrote into a file, as lines.
///
/// PowerShell 5 writes UTF-16 with a byte order mark, `cmd` writes the console's code page, newer shells
/// write UTF-8 with or without a mark.
package struct ConsoleText: Sendable, Hashable {
  /// Every line but the empty one behind the last line end.
  package var lines: [Line]
  /// Whether the last line has its end. Commands write whole lines, so a file that ends otherwise was cut.
  package var isWhole: Bool

  /// One line with its number, from 1, and without its end.
  package struct Line: Sendable, Hashable {
    package var number: Int
    package var text: String

    /// The words between blanks.
    var words: [Substring] { text.split { $0 == " " || $0 == "\t" } }

    /// The text without the blanks around it.
    var trimmed: Substring { trimmedBlanks(text) }

    var isBlank: Bool { trimmed.isEmpty }
  }

  /// Decodes what was read.
  ///
  /// The code page of other bytes than UTF-8 is not known, so all that is not ASCII in them becomes
  /// U+FFFD. No code page of Windows writes a colon or a digit as part of another character.
  ///
  /// - Throws: the first line with a NUL, which no text has.
  package init(decoding bytes: [UInt8]) throws(ParseFailure) {
    let (text, isCut) = ConsoleText.decode(bytes)
    var lines: [Line] = []
    for part in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      var line = part
      // netsh ends some of its lines with two carriage returns.
      while line.last == UInt8(ascii: "\r") { line = line.dropLast() }
      guard !line.contains(0) else {
        throw ParseFailure(
          line: lines.count + 1, found: "a NUL", expected: "text of a Windows command")
      }
      lines.append(Line(number: lines.count + 1, text: String(line) ?? ""))
    }
    isWhole = !isCut && lines.count > 1 && lines.last?.text.isEmpty == true
    if lines.last?.text.isEmpty == true { lines.removeLast() }
    self.lines = lines
  }

  private static func decode(_ bytes: [UInt8]) -> (String, isCut: Bool) {
    if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2)) }
    // `cmd /u` writes UTF-16 without a mark, and all commands begin with ASCII or a line end.
    if bytes.count > 1, bytes[1] == 0, bytes[0] != 0 { return utf16(bytes[...]) }
    let plain = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    if let text = String(validating: plain, as: UTF8.self) { return (text, false) }
    var text = ""
    for byte in plain {
      text.unicodeScalars.append(byte < 0x80 ? Unicode.Scalar(byte) : "\u{FFFD}")
    }
    return (text, false)
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>) -> (String, isCut: Bool) {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var low: UInt8?
    for byte in bytes {
      if let first = low {
        units.append(UInt16(first) | UInt16(byte) << 8)
        low = nil
      } else {
        low = byte
      }
    }
    return (String(decoding: units, as: UTF16.self), low != nil)
  }

  /// The lines with something in them.
  var filled: [Line] { lines.filter { !$0.isBlank } }
}

/// The text without blanks at its ends.
func trimmedBlanks(_ text: some StringProtocol) -> Substring {
  let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\u{A0}" }
  var rest = Substring(text).drop(while: isBlank)
  while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
  return rest
}

extension ParseFailure {
  /// A label or word that an English Windows does not write.
  static func notEnglish(_ line: ConsoleText.Line, expected: String) -> ParseFailure {
    ParseFailure(
      line: line.number, found: String(line.trimmed),
      expected: expected
        + ", as an English Windows writes it; for a Windows of another language run "
        + "\"chcp 437\" before the command, or use English language settings")
  }

  static func cut(_ text: ConsoleText, expected: String) -> ParseFailure {
    ParseFailure(
      line: text.lines.last?.number, found: text.lines.last?.text ?? "",
      expected: expected + "; the file was cut")
  }
}
