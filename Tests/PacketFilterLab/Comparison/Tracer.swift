import FoundationEssentials

/// The evaluator under test, spoken to through its command alone.
struct Tracer: Sendable {
  /// The command with its first words, as `clb-agent trace`.
  var words: [String]

  /// The command that `CLB_AGENT_TRACE` names, its words split at spaces.
  static let named: Tracer? = {
    let text = ProcessInfo.processInfo.environment["CLB_AGENT_TRACE"] ?? ""
    let words = text.split(separator: " ").map(String.init)
    return words.isEmpty ? nil : Tracer(words: words)
  }()

  /// Asks about the host that the directory's listings tell of; one reply a question, in order.
  func ask(_ questions: [Question], rules directory: String) async throws -> [Reply] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let lines = try questions.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    let command = words + ["--rules", directory, "--questions", "-"]
    let output = try await succeed(command, input: lines.map { $0 + "\n" }.joined())
    let replies = try output.split(separator: "\n").map {
      try JSONDecoder().decode(Reply.self, from: Data($0.utf8))
    }
    guard replies.count == questions.count else {
      throw CommandFailure(
        words: command, status: "\(replies.count) replies to \(questions.count) questions",
        errors: output)
    }
    return replies
  }
}

/// The evaluator's reply to one question.
struct Reply: Sendable, Hashable, Codable {
  var answers: [Answer]
}

/// What the evaluator says of a part of the sources.
struct Answer: Sendable, Hashable, Codable {
  /// Addresses, prefixes and ranges.
  var sources: [String]
  var verdict: String
  /// How the packet is rejected, as `tcp-reset`.
  var with: String?
  /// Where the packet goes.
  var to: String?
  /// Whether the request or its answer meets the verdict.
  var direction: String?
  var rule: String?
  var place: String?
  /// What an open answer hangs on.
  var because: [String]?
}

extension Answer: CustomStringConvertible {
  var description: String {
    let open = because.flatMap { $0.isEmpty ? nil : " because of \($0.joined(separator: ", "))" }
    return verdict + (with.map { " with \($0)" } ?? "") + (to.map { " to \($0)" } ?? "")
      + (direction.map { " (\($0))" } ?? "") + (open ?? "")
      + (place.map { " at [\($0)]" } ?? "") + (rule.map { " by [\($0)]" } ?? "")
  }
}
