import Reporting
import Testing

@Suite("text from the host")
struct HostTextTests {
  struct Escape: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let terminal: String
    let json: String
  }

  static let escapes = [
    Escape(testDescription: "plain", text: "eth0 é 负载", terminal: "eth0 é 负载", json: "eth0 é 负载"),
    Escape(
      testDescription: "escape", text: "\u{1b}[2J", terminal: #"\u{1b}[2J"#, json: #"\u001b[2J"#),
    Escape(testDescription: "bell", text: "\u{7}", terminal: #"\u{7}"#, json: #"\u0007"#),
    Escape(testDescription: "delete", text: "\u{7f}", terminal: #"\u{7f}"#, json: #"\u007f"#),
    Escape(testDescription: "C1", text: "\u{9b}1m", terminal: #"\u{9b}1m"#, json: #"\u009b1m"#),
    Escape(testDescription: "tab", text: "a\tb", terminal: #"a\tb"#, json: #"a\u0009b"#),
    Escape(
      testDescription: "carriage return", text: "a\rb", terminal: #"a\rb"#, json: #"a\u000db"#),
    Escape(
      testDescription: "override", text: "\u{202e}x\u{202c}", terminal: #"\u{202e}x\u{202c}"#,
      json: #"\u202ex\u202c"#),
    Escape(
      testDescription: "isolate", text: "\u{2066}x\u{2069}", terminal: #"\u{2066}x\u{2069}"#,
      json: #"\u2066x\u2069"#),
    Escape(
      testDescription: "tag", text: "\u{e0041}", terminal: #"\u{e0041}"#, json: #"\udb40\udc41"#),
    Escape(testDescription: "backslash", text: #"\u{1b}"#, terminal: #"\u{1b}"#, json: #"\u{1b}"#),
  ]

  @Test("is escaped for a terminal", arguments: escapes)
  func terminal(_ escape: Escape) { #expect(HostText.terminal(escape.text) == escape.terminal) }

  @Test("is escaped inside a JSON document", arguments: escapes)
  func json(_ escape: Escape) { #expect(HostText.json(document: escape.text) == escape.json) }

  @Test("ends a line only on the terminal's side")
  func lineFeed() {
    #expect(HostText.terminal("a\nb\r\nc") == #"a\nb\r\nc"#)
    #expect(HostText.json(document: "{\n}") == "{\n}")
  }

  @Test("counts every bidirectional control as hostile")
  func bidirectional() {
    let controls: [ClosedRange<UInt32>] = [0x202A...0x202E, 0x2066...0x2069, 0x200E...0x200F]
    for value in controls.joined() {
      #expect(Unicode.Scalar(value).map(HostText.isHostile) == true)
    }
    for value in Array(0...0x1F) + Array(0x7F...0x9F) as [UInt32] {
      #expect(Unicode.Scalar(value).map(HostText.isHostile) == true)
    }
  }

  @Test("is cut behind a number of scalars")
  func cut() {
    #expect(HostText.cut("abc", toScalars: 3) == "abc")
    #expect(HostText.cut("abcd", toScalars: 3) == "abc…")
    #expect(HostText.cut("", toScalars: 3) == "")
  }
}
