internal import FoundationEssentials

/// Turns entries into the lines of a capture file: one JSON object a line, first a header, last an
/// end that counts them, so that a file cut off anywhere is recognised.
package struct CaptureWriter: Sendable {
  /// The form's version. A reader refuses a greater one.
  package static let version = 1

  private var count = 0

  package init() {}

  /// The first line.
  package func header(agent: String, takenAt: String) -> [UInt8] {
    var line = CaptureLine(kind: .capture)
    line.version = CaptureWriter.version
    line.agent = agent
    line.takenAt = takenAt
    return bytes(of: line)
  }

  /// The line of one entry.
  package mutating func line(_ entry: CaptureEntry) -> [UInt8] {
    count += 1
    return bytes(of: CaptureLine(entry))
  }

  /// The last line.
  package func end() -> [UInt8] {
    var line = CaptureLine(kind: .end)
    line.entries = count
    return bytes(of: line)
  }

  private func bytes(of line: CaptureLine) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(line) else {
      preconditionFailure("a line holds strings and integers alone, which JSON can always say")
    }
    return Array(data) + [UInt8(ascii: "\n")]
  }
}
