import LoadBalancer
import Testing

@testable import Reporting

@Suite("laying out text")
struct LayoutTests {
  @Test("wraps at spaces, and keeps those inside a line")
  func wraps() {
    let wrap = WordWrap(first: 10, rest: 6)
    #expect(wrap.lines(of: "one  two three four") == ["one  two", "three", "four"])
    #expect(wrap.lines(of: "") == [""])
    #expect(wrap.lines(of: "   ") == [""])
  }

  @Test("splits or keeps a word that is wider than a line")
  func longWords() {
    #expect(WordWrap(first: 4, rest: 3).lines(of: "a bcdefgh i") == ["a", "bcd", "efg", "h i"])
    #expect(
      WordWrap(first: 4, rest: 3, longWords: .keep).lines(of: "a bcdefgh i") == [
        "a", "bcdefgh", "i",
      ])
    #expect(WordWrap(first: 0, rest: 0).lines(of: "负载") == ["负", "载"])
  }

  struct Width: Sendable, CustomTestStringConvertible {
    var testDescription: String { text }
    let text: String
    let columns: Int
  }

  @Test(
    "counts the columns of a terminal",
    arguments: [
      Width(text: "plain", columns: 5), Width(text: "é", columns: 1),
      Width(text: "e\u{301}", columns: 1), Width(text: "负载", columns: 4),
      Width(text: "ｱ", columns: 1), Width(text: "Ａ", columns: 2), Width(text: "한", columns: 2),
      Width(text: "\u{1112}\u{1161}\u{11ab}", columns: 2), Width(text: "🚦", columns: 2),
      Width(text: "…", columns: 1), Width(text: "", columns: 0),
    ])
  func columns(_ width: Width) {
    #expect(DisplayWidth.columns(of: width.text) == width.columns)
  }

  @Test("cuts to columns")
  func cut() {
    #expect(DisplayWidth.cut("abcd", toColumns: 4) == "abcd")
    #expect(DisplayWidth.cut("abcde", toColumns: 4) == "abc…")
    #expect(DisplayWidth.cut("负载均衡", toColumns: 4) == "负…")
  }

  @Test(
    "quotes for a shell only what needs it",
    arguments: [
      ("tcp://10.0.0.5:80", "tcp://10.0.0.5:80"), ("http://h/a?b=1&c", "'http://h/a?b=1&c'"),
      ("it's", #"'it'\''s'"#), ("", "''"), ("[::1]", "'[::1]'"),
    ])
  func quotes(word: String, quoted: String) { #expect(ShellQuoting.quoted(word) == quoted) }
}
