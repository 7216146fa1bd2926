/// The words of one rule line.
///
/// A word in double quotes may hold spaces; a backslash there takes the next byte as it is.
struct IptablesTokens {
  /// One word, still in the line.
  struct Token {
    var range: Range<Int>
    /// The text with quotes and backslashes taken away; `nil` where there were none.
    var unquoted: String?
  }

  let bytes: [UInt8]
  private var tokens: [Token] = []
  private var index = 0

  /// The words of the line; `nil` for a quote that nothing closes.
  init?(_ bytes: [UInt8], _ line: Range<Int>) {
    self.bytes = bytes
    tokens.reserveCapacity(12)
    var start = line.lowerBound
    while start < line.upperBound {
      let byte = bytes[start]
      if byte == 32 || byte == 9 || byte == 13 {
        start += 1
      } else if byte == UInt8(ascii: "\"") {
        guard let (text, next) = Self.quoted(bytes, start..<line.upperBound) else { return nil }
        tokens.append(Token(range: start..<next, unquoted: text))
        start = next
      } else {
        var end = start
        while end < line.upperBound, bytes[end] != 32 { end += 1 }
        tokens.append(Token(range: start..<end))
        start = end
      }
    }
  }

  private static func quoted(_ bytes: [UInt8], _ range: Range<Int>) -> (String, Int)? {
    var text: [UInt8] = []
    var index = range.lowerBound + 1
    while index < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "\""): return (String(decoding: text, as: UTF8.self), index + 1)
      case UInt8(ascii: "\\") where index + 1 < range.upperBound:
        text.append(bytes[index + 1])
        index += 2
      default:
        text.append(bytes[index])
        index += 1
      }
    }
    return nil
  }

  /// Whether no word is left.
  var isAtEnd: Bool { index >= tokens.count }

  /// The next word's text, which stays where it is; empty at the end.
  var peek: String { isAtEnd ? "" : text(tokens[index]) }

  /// The letter of the next word when it is one as `-s`; 0 for any other.
  var peekLetter: UInt8 {
    guard !isAtEnd else { return 0 }
    let range = tokens[index].range
    return range.count == 2 && bytes[range.lowerBound] == UInt8(ascii: "-")
      ? bytes[range.lowerBound + 1] : 0
  }

  /// Whether the next word is an exclamation mark.
  var peekIsNegation: Bool {
    guard !isAtEnd else { return false }
    let range = tokens[index].range
    return range.count == 1 && bytes[range.lowerBound] == UInt8(ascii: "!")
  }

  /// Steps over the next word.
  mutating func skip() { index += 1 }

  /// The next word's text; `nil` at the end.
  mutating func next() -> String? {
    guard !isAtEnd else { return nil }
    defer { index += 1 }
    return text(tokens[index])
  }

  /// The next word's bytes; `nil` at the end.
  mutating func nextRange() -> Range<Int>? {
    guard !isAtEnd else { return nil }
    defer { index += 1 }
    return tokens[index].range
  }

  /// Steps over an exclamation mark, and says whether there was one.
  mutating func takeNegation() -> Bool {
    guard peekIsNegation else { return false }
    index += 1
    return true
  }

  private func text(_ token: Token) -> String {
    token.unquoted ?? ByteText.string(bytes, token.range)
  }
}
