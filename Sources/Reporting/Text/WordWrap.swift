/// Breaks one line of text at spaces into lines of so many columns.
///
/// Runs of spaces inside a line stay as they are, for columns in a verbatim line mean something;
/// those at a break go.
struct WordWrap {
  /// Columns of the first line and of every other one; at least 1.
  let first: Int
  let rest: Int
  /// What to do with a word that is wider than a line.
  let longWords: LongWords

  /// What to do with a word that is wider than a line.
  enum LongWords {
    /// Break it: nobody copies it from here.
    case split
    /// Let it stand out: a broken address is of no use.
    case keep
  }

  init(first: Int, rest: Int, longWords: LongWords = .split) {
    self.first = max(1, first)
    self.rest = max(1, rest)
    self.longWords = longWords
  }

  /// The lines; at least one, which is empty for empty text.
  func lines(of text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for (gap, word) in pieces(of: text) {
      let limit = lines.isEmpty ? first : rest
      let needed = DisplayWidth.columns(of: gap) + DisplayWidth.columns(of: word)
      if DisplayWidth.columns(of: line) + needed <= limit {
        line += gap + word
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = breakWord(word, into: &lines)
    }
    lines.append(line)
    return lines
  }

  /// Appends the full lines of a word that is too long, and returns what is left of it.
  private func breakWord(_ word: String, into lines: inout [String]) -> String {
    guard longWords == .split else { return word }
    var remainder = word.unicodeScalars[...]
    while true {
      let head = prefix(of: remainder, columns: lines.isEmpty ? first : rest)
      if head.endIndex == remainder.endIndex { return String(remainder) }
      lines.append(String(head))
      remainder = remainder[head.endIndex...]
    }
  }

  /// As many scalars as fit, and never none.
  private func prefix(of word: Substring.UnicodeScalarView, columns limit: Int)
    -> Substring.UnicodeScalarView
  {
    var columns = 0
    let end = word.firstIndex { scalar in
      columns += DisplayWidth.columns(of: scalar)
      return columns > limit
    }
    guard let end else { return word }
    return end == word.startIndex ? word.prefix(1) : word[..<end]
  }

  /// The words, each with the spaces before it; spaces at the end are dropped.
  private func pieces(of text: String) -> [(gap: String, word: String)] {
    var pieces: [(String, String)] = []
    var remainder = text.unicodeScalars[...]
    while !remainder.isEmpty {
      let gap = remainder.prefix { $0 == " " }
      let word = remainder[gap.endIndex...].prefix { $0 != " " }
      if !word.isEmpty { pieces.append((String(gap), String(word))) }
      remainder = remainder[word.endIndex...]
    }
    return pieces
  }
}
