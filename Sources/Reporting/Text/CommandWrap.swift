/// Breaks a shell command that a person will copy, so that the pieces still are the same command.
///
/// A break is ` \` and a line feed in place of spaces that stand outside quotes. Where the quoting is
/// not plain (a here-document, a substitution among double quotes, an open quote) the command is left
/// as long as it is: too wide is better than wrong.
struct CommandWrap {
  /// Columns of the first line and of every other one.
  let first: Int
  let rest: Int

  func lines(of command: String) -> [String] {
    guard DisplayWidth.columns(of: command) > first, let words = ShellWords(splitting: command)
    else { return [command] }
    var lines: [String] = []
    var line = ""
    for (index, word) in words.pieces.enumerated() {
      // All lines but the last end in " \".
      let reserved = index == words.pieces.count - 1 ? 0 : 2
      let limit = (lines.isEmpty ? first : rest) - reserved
      if !line.isEmpty, DisplayWidth.columns(of: line) + DisplayWidth.columns(of: word) + 1 > limit
      {
        lines.append(line + " \\")
        line = word
      } else {
        line += line.isEmpty ? word : " " + word
      }
    }
    return lines + [line]
  }
}

/// The pieces of a command between which a line may be broken.
private struct ShellWords {
  private(set) var pieces: [String] = []

  private enum Quote { case none, single, double, ansi }

  /// Splits at spaces outside quotes; `nil` when it is not certain which those are.
  init?(splitting command: String) {
    let hasSubstitution = command.contains("$(") || command.contains("`")
    guard !command.contains("<<"), !(hasSubstitution && command.contains("\"")) else { return nil }
    var piece = ""
    var quote = Quote.none
    var isEscaped = false
    var isComment = false
    for scalar in command.unicodeScalars {
      if scalar == " ", quote == .none, !isEscaped, !isComment {
        if !piece.isEmpty { pieces.append(piece) }
        piece = ""
        continue
      }
      if scalar == "#", piece.isEmpty, quote == .none { isComment = true }
      if !isComment { Self.advance(past: scalar, after: piece, &quote, &isEscaped) }
      piece.unicodeScalars.append(scalar)
    }
    guard quote == .none, !isEscaped else { return nil }
    if !piece.isEmpty { pieces.append(piece) }
  }

  private static func advance(
    past scalar: Unicode.Scalar, after piece: String, _ quote: inout Quote, _ isEscaped: inout Bool
  ) {
    if isEscaped {
      isEscaped = false
      return
    }
    switch (quote, scalar) {
    case (.none, "\\"), (.double, "\\"), (.ansi, "\\"): isEscaped = true
    case (.none, "'"): quote = piece.hasSuffix("$") ? .ansi : .single
    case (.none, "\""): quote = .double
    case (.single, "'"), (.ansi, "'"), (.double, "\""): quote = .none
    default: break
    }
  }
}
