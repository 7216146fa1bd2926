import Host
import Testing
import Windows

@Suite("Text of the console")
struct ConsoleTextTests {
  struct Encoded: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
  }

  private static let plain = "Rule Name:  Büro\r\nOk.\r\n"
  private static let wide = plain.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }

  static let encodings = [
    Encoded(testDescription: "UTF-8", bytes: Array(plain.utf8)),
    Encoded(testDescription: "UTF-8 with a mark", bytes: [0xEF, 0xBB, 0xBF] + Array(plain.utf8)),
    Encoded(testDescription: "UTF-16 with a mark", bytes: [0xFF, 0xFE] + wide),
    Encoded(testDescription: "UTF-16 without a mark", bytes: wide),
    Encoded(
      testDescription: "two carriage returns",
      bytes: Array(plain.replacing("\r\n", with: "\r\r\n").utf8)),
    Encoded(
      testDescription: "line feeds alone", bytes: Array(plain.replacing("\r\n", with: "\n").utf8)),
  ]

  @Test("is the same lines in every encoding", arguments: encodings)
  func sameLines(_ encoded: Encoded) throws {
    let text = try ConsoleText(decoding: encoded.bytes)
    #expect(text.lines.map(\.text) == ["Rule Name:  Büro", "Ok."])
    #expect(text.lines.map(\.number) == [1, 2])
    #expect(text.isWhole)
  }

  @Test("keeps the ASCII of a code page that it does not know")
  func codePage() throws {
    // "规则" in GB 18030, whose second bytes may be ASCII letters but never a colon.
    let text = try ConsoleText(decoding: [0xB9, 0xE6, 0xD4, 0xF2] + Array(": 80\r\n".utf8))
    #expect(text.lines.map(\.text) == ["\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}: 80"])
  }

  @Test("says that it was cut, within a line or within a character")
  func cut() throws {
    #expect(try !ConsoleText(decoding: Array("Ok.\r\nUD".utf8)).isWhole)
    #expect(try !ConsoleText(decoding: [0xFF, 0xFE] + Self.wide.dropLast()).isWhole)
    #expect(try !ConsoleText(decoding: []).isWhole)
  }

  @Test("refuses a NUL, naming the line")
  func null() {
    #expect(
      throws: ParseFailure(line: 2, found: "a NUL", expected: "text of a Windows command")
    ) { try ConsoleText(decoding: Array("a\nb\0\n".utf8)) }
  }
}
