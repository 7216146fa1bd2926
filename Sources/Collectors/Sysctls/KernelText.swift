import Host

extension FixedWidthInteger {
  /// A number as the kernel prints it: ASCII digits, behind a minus where it is negative.
  ///
  /// The standard library's initialiser also takes a plus sign, which the kernel never writes.
  init?(kernelDecimal text: some StringProtocol) {
    guard text.utf8.first != UInt8(ascii: "+") else { return nil }
    self.init(text)
  }

  /// A number as the kernel prints it in hexadecimal, without `0x`.
  init?(kernelHexadecimal text: some StringProtocol) {
    guard let first = text.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else {
      return nil
    }
    self.init(text, radix: 16)
  }
}

extension Int {
  /// A count as the kernel prints it: no negative number, and none above 2⁵³.
  ///
  /// Whoever compares counts multiplies them, and a capture can hold any number.
  init?(kernelCount text: some StringProtocol) {
    self.init(kernelDecimal: text)
    guard (0...1 << 53).contains(self) else { return nil }
  }
}

extension Double {
  /// A fraction as the kernel prints it: digits, a point, digits.
  ///
  /// The standard library's initialiser also takes `nan`, exponents and hexadecimal.
  init?(kernelFraction text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let areDigits = parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard areDigits, parts.count <= 2, let value = Double(String(text)), value.isFinite else {
      return nil
    }
    self = value
  }
}

/// One line of a file with its number from 1.
struct NumberedLine: Sendable, Hashable {
  var number: Int
  var text: Substring

  /// The words of the line, without the blanks and tabs between them.
  var words: [Substring] {
    text.split { $0 == " " || $0 == "\t" }
  }

  /// The failure that names this line.
  func failure(found: some StringProtocol, expected: String) -> ParseFailure {
    ParseFailure(line: number, found: String(found), expected: expected)
  }
}

extension StringProtocol {
  /// The lines of a file, without their ends and without the empty text behind the last end.
  ///
  /// Only a line feed ends a line, as for the kernel. `Character` would join one to the carriage
  /// return before it, and so hide the end of a line.
  var kernelLines: [NumberedLine] {
    var lines = String(self).unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.enumerated().map {
      NumberedLine(number: $0.offset + 1, text: Substring($0.element))
    }
  }
}
