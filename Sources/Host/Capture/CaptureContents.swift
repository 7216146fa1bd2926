internal import FoundationEssentials

/// What a capture file holds, and how whole it is.
package struct CaptureContents: Sendable {
  /// The version of the agent that wrote it.
  package var agent: String
  /// When it was taken, RFC 3339.
  package var takenAt: String
  package var entries: [CaptureEntry]
  /// Where the file stops making sense; the entries before stand. `nil` for a whole file.
  package var damage: ParseFailure?

  /// Reads the lines of a capture file.
  ///
  /// Damage behind the first line does not throw: what came before it is still a host's facts.
  ///
  /// - Throws: when the first line is no header of a version that we know.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let decoder = JSONDecoder()
    let first = lines.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard
      let header = lines.first.flatMap({ try? decoder.decode(CaptureLine.self, from: Data($0)) }),
      header.kind == .capture, let version = header.version, let agent = header.agent,
      let takenAt = header.takenAt
    else {
      throw ParseFailure(line: 1, found: first, expected: "the first line of a clb-agent capture")
    }
    guard version <= CaptureWriter.version else {
      throw ParseFailure(
        line: 1, found: "version \(version)",
        expected: "a version up to \(CaptureWriter.version); a newer agent wrote this")
    }
    self.agent = agent
    self.takenAt = takenAt
    entries = []
    damage = ParseFailure(
      line: lines.count + 1, found: "",
      expected: "more lines, the last of them an end; it is cut off")
    for (index, line) in lines.enumerated().dropFirst() {
      guard let decoded = try? decoder.decode(CaptureLine.self, from: Data(line)) else {
        damage = ParseFailure(
          line: index + 1, found: String(decoding: line, as: UTF8.self),
          expected: "a capture's line")
        return
      }
      if decoded.kind == .end {
        damage = decoded.entries == entries.count ? nil : damage
        return
      }
      guard let entry = decoded.entry else {
        damage = ParseFailure(
          line: index + 1, found: String(decoding: line, as: UTF8.self),
          expected: "the answer that goes with \"\(decoded.kind.rawValue)\"")
        return
      }
      entries.append(entry)
    }
  }
}
