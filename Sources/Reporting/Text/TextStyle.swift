/// How text for people is dressed; the caller knows whether a terminal reads it.
package enum TextStyle: Sendable, Hashable {
  /// No escape sequence at all: for files, pipes, `NO_COLOR` and `TERM=dumb`.
  case plain
  /// Verdict words and headings in colour and bold, with the sequences of ECMA-48.
  case coloured

  func paint(_ text: String, _ tone: Tone) -> String {
    guard self == .coloured, tone != .plain, !text.isEmpty else { return text }
    return "\u{1b}[\(tone.parameters)m\(text)\u{1b}[0m"
  }
}

/// What a piece of text means to the eye.
enum Tone {
  case plain, strong, good, caution, bad, unsure

  /// The parameters of ECMA-48's "select graphic rendition".
  fileprivate var parameters: String {
    switch self {
    case .plain: "0"
    case .strong: "1"
    case .good: "32"
    case .caution: "1;33"
    case .bad: "1;31"
    case .unsure: "1;35"
    }
  }
}

/// A piece of a line in one tone.
struct Span {
  var text: String
  var tone: Tone

  init(_ text: String, _ tone: Tone = .plain) {
    self.text = text
    self.tone = tone
  }
}
