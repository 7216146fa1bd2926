/// Lays out lines within a width, and escapes whatever it is given.
///
/// The only way from a value to the terminal: nothing is escaped before, and nothing printed past it.
struct LineWriter {
  /// The lines so far, each with its line feed.
  private(set) var text = ""
  private(set) var lineCount = 0
  private let width: Int
  private let style: TextStyle
  private let longWords: WordWrap.LongWords
  private var endsInBlank = true

  /// Columns that a label must leave to its text; a wider label gets lines of its own.
  private static let narrowest = 24

  /// - Parameter width: columns; less than 40 counts as 40.
  init(width: Int, style: TextStyle = .plain, longWords: WordWrap.LongWords = .split) {
    self.width = max(40, width)
    self.style = style
    self.longWords = longWords
  }

  /// One empty line, unless the last one is empty already.
  mutating func blank() {
    guard !endsInBlank else { return }
    emit("", indent: 0)
  }

  mutating func heading(_ title: String) {
    blank()
    wrap(title, indent: 0, tone: .strong)
  }

  /// A line of pieces that is known to be short.
  mutating func line(_ spans: [Span], indent: Int = 0) {
    emit(spans.map(painted).joined(), indent: indent)
  }

  /// What to do with text that is too wide for its line.
  enum Overflow {
    case wrap
    /// Leave the rest out, and say so with `…`.
    case cut
  }

  /// Text behind a label, its further lines aligned with the first.
  mutating func paragraph(
    _ content: String, indent: Int = 0, label: [Span] = [], overflow: Overflow = .wrap
  ) {
    let labelWidth = label.reduce(0) { $0 + DisplayWidth.columns(of: HostText.terminal($1.text)) }
    guard indent + labelWidth + Self.narrowest <= width || label.isEmpty else {
      wrap(label.map(\.text).joined(), indent: indent, tone: .plain)
      wrap(content, indent: indent + 4, tone: .plain)
      return
    }
    let columns = width - indent - labelWidth
    let lines =
      switch overflow {
      case .wrap: wrapped(content, first: columns, rest: columns)
      case .cut: [DisplayWidth.cut(HostText.terminal(content), toColumns: columns)]
      }
    let margin = String(repeating: " ", count: labelWidth)
    for (index, line) in lines.enumerated() {
      emit((index == 0 ? label.map(painted).joined() : margin) + line, indent: indent)
    }
  }

  /// A title that may hold the host's words, with one more piece behind it if there is room.
  ///
  /// Its other lines are indented, so that no wrapped word of the host starts a line of the report.
  mutating func title(_ content: String, tone: Tone = .plain, ending: Span? = nil) {
    let hang = 2
    var lines = wrapped(content, first: width, rest: width - hang)
    let used = DisplayWidth.columns(of: lines.last ?? "") + (lines.count > 1 ? hang : 0)
    lines = lines.map { style.paint($0, tone) }
    if let ending, let last = lines.popLast() {
      let isRoom = used + 2 + DisplayWidth.columns(of: ending.text) <= width
      lines += isRoom ? [last + "  " + painted(ending)] : [last, painted(ending)]
    }
    for (index, line) in lines.enumerated() { emit(line, indent: index == 0 ? 0 : hang) }
  }

  /// The host's own words: a bar before each line, so that none of them passes for one of ours.
  mutating func verbatim(_ content: String, indent: Int) {
    let columns = width - indent - 2
    for (index, line) in wrapped(content, first: columns, rest: columns - 2).enumerated() {
      let bar = index == 0 ? "| " : "|   "
      emit(line.isEmpty ? "|" : bar + line, indent: indent)
    }
  }

  /// A command to copy, behind a prompt; continued lines stand four columns further in.
  ///
  /// cmd and PowerShell continue a line each in its own way, so for Windows a command is one line.
  mutating func command(_ content: String, indent: Int, shell: CommandShell = .posix) {
    let columns = width - indent - 2
    let text = HostText.terminal(content)
    switch shell {
    case .posix:
      let lines = CommandWrap(first: columns, rest: columns - 4).lines(of: text)
      for (index, line) in lines.enumerated() {
        emit((index == 0 ? "$ " : "      ") + line, indent: indent)
      }
    case .windows: emit("> \(text)", indent: indent)
    }
  }

  /// One line as it is, however wide.
  mutating func unbroken(_ content: String, indent: Int) {
    emit(HostText.terminal(content), indent: indent)
  }

  private mutating func wrap(_ content: String, indent: Int, tone: Tone) {
    for line in wrapped(content, first: width - indent, rest: width - indent) {
      emit(style.paint(line, tone), indent: indent)
    }
  }

  private func wrapped(_ content: String, first: Int, rest: Int) -> [String] {
    WordWrap(first: first, rest: rest, longWords: longWords).lines(of: HostText.terminal(content))
  }

  private func painted(_ span: Span) -> String {
    style.paint(HostText.terminal(span.text), span.tone)
  }

  private mutating func emit(_ line: String, indent: Int) {
    text += line.isEmpty ? "\n" : String(repeating: " ", count: indent) + line + "\n"
    lineCount += 1
    endsInBlank = line.isEmpty
  }
}
