/// Why a fact that exists could not be read.
package enum ReadFailure: Error, Sendable, Hashable, Codable {
  /// A system call failed: its name, and the error's name and meaning (`EIO, input/output error`).
  case system(call: String, error: String)
  /// The text or bytes are not of the form that we know.
  case unparsable(ParseFailure)
  /// A command had not ended after this many seconds and was killed.
  case timeLimit(seconds: Double)
  /// More bytes than this came; what was read is not kept, for a half listing misleads.
  case overLimit(bytes: Int)
  /// A command ended with this status; the text is the start of what it said on standard error.
  case exitStatus(Int32, String)
  /// A signal ended the command.
  case signal(Int32)
  /// The kernel ended a netlink dump early or changed it while we read.
  case inconsistent(String)
  /// The capture holds no such reading: it was made by an agent that did not ask.
  case notInCapture
  /// Only files of another root are read: its commands and kernel interfaces are not ours to ask.
  case otherRoot
  /// Whoever asked for the facts has no use for this one, and it costs something.
  case notWanted
}

extension ReadFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .system(let call, let error): "\(call): \(error)"
    case .unparsable(let failure): failure.description
    case .timeLimit(let seconds): "no end after \(seconds) s; killed"
    case .overLimit(let bytes): "more than \(bytes) bytes"
    case .exitStatus(let status, let text):
      text.isEmpty ? "ended with status \(status)" : "ended with status \(status): \(text)"
    case .signal(let number): "ended by signal \(number)"
    case .inconsistent(let what): "inconsistent answer: \(what)"
    case .notInCapture: "not in the capture"
    case .otherRoot: "not asked, for another root is read"
    case .notWanted: "not asked, for nothing needed it"
    }
  }
}

/// Text that is not of the form a parser knows.
package struct ParseFailure: Error, Sendable, Hashable, Codable {
  /// The line, from 1; `nil` where the input has no lines.
  package var line: Int?
  /// What stood there, as read.
  package var found: String
  /// What was expected in its place.
  package var expected: String

  package init(line: Int? = nil, found: String, expected: String) {
    self.line = line
    // A broken file can hold a line of any length, and the reason must stay readable.
    self.found = found.count > 80 ? found.prefix(80) + "…" : found
    self.expected = expected
  }
}

extension ParseFailure: CustomStringConvertible {
  package var description: String {
    // What was read may span lines, and a reason is one line.
    let shown = found.split(separator: "\n", omittingEmptySubsequences: false).joined(
      separator: "\\n")
    return (line.map { "line \($0): " } ?? "") + "\"\(shown)\": expected \(expected)"
  }
}
