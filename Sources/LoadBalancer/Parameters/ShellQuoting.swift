/// Quotes one word for a POSIX shell.
package enum ShellQuoting {
  /// The word as it is when no character of it means anything to a shell, else in single quotes.
  package static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "/", ":", ".", "-", "_", "%", "+", ",", "@", "=": true
      default: false
      }
    }
    guard !isPlain || word.isEmpty else { return word }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }
}
