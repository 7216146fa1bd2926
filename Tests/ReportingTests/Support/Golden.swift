import FoundationEssentials
import Testing

/// Expected outputs in `Golden/`, as whole files.
///
/// With `CLB_AGENT_RECORD_GOLDEN=1` in the environment they are written anew, and the test fails: what
/// was recorded is to be read before it is believed.
enum Golden {
  private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden")

  private static var isRecording: Bool {
    ProcessInfo.processInfo.environment["CLB_AGENT_RECORD_GOLDEN"] == "1"
  }

  static func expect(
    _ text: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = directory.appending(path: name)
    if isRecording {
      try Data(text.utf8).write(to: file)
      Issue.record(
        "recorded \(name); read it, then run without recording", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let lines = zip(lines(of: expected), lines(of: text)).enumerated()
    let first = lines.first { $0.element.0 != $0.element.1 }
    #expect(
      text == expected,
      "\(name) line \((first?.offset ?? -1) + 1): \(first.map { "\($0.element)" } ?? "lengths differ")",
      sourceLocation: sourceLocation)
  }

  private static func lines(of text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }
}
