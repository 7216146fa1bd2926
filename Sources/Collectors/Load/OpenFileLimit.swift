package import Host

/// The limit of open files of a process.
///
/// Source: `/proc/PID/limits`, proc(5); `RLIMIT_NOFILE` of getrlimit(2).
package struct OpenFileLimit: Sendable, Hashable {
  /// What the process may have now; `nil` for `unlimited`.
  package var soft: Int?
  /// What it may raise that to without privilege; `nil` for `unlimited`.
  package var hard: Int?

  /// Parses the line `Max open files  1024  1048576  files`.
  ///
  /// - Throws: that line when it is of another form, or line 1 of a text without one.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    let lines = text.kernelLines
    guard let line = lines.first(where: { $0.text.hasPrefix("Max open files") }) else {
      throw ParseFailure(
        line: 1, found: String(lines.first?.text ?? ""), expected: "a line of Max open files")
    }
    let words = line.words.dropFirst(3)
    guard words.count == 3 else {
      throw line.failure(found: line.text, expected: "a soft and a hard limit of files")
    }
    soft = try OpenFileLimit.limit(words[3], of: line)
    hard = try OpenFileLimit.limit(words[4], of: line)
  }

  private static func limit(
    _ word: Substring, of line: NumberedLine
  ) throws(ParseFailure) -> Int? {
    if word == "unlimited" { return nil }
    guard let number = Int(kernelDecimal: word), number >= 0 else {
      throw line.failure(found: word, expected: "a number or unlimited")
    }
    return number
  }
}
