import FoundationEssentials

/// A disagreement, for the person who must find its cause.
struct Report: Sendable {
  var seed: UInt64
  var ruleset: Ruleset
  var comparison: Round.Comparison
  /// Whether the one probe alone shows it again; else it hangs on the probes before it, or on luck.
  var isReproduced: Bool
  /// The host's listings by file name; empty where it was not reproduced.
  var listings: [String: String]

  /// The ruleset's shape and the claim, without numbers: what two reports of one cause share.
  var signature: String {
    let outcome = comparison.outcomes.first.map { $0.verdict.rawValue } ?? ""
    let claim = comparison.answers.first?.verdict ?? ""
    let shape = ruleset.loadSteps.map(\.input).joined().filter { !$0.isNumber && $0 != "." }
    return "\(comparison.judgement) \(outcome) \(claim) \(shape)"
  }
}

extension Report: CustomStringConvertible {
  var description: String {
    let answers = comparison.answers.map { "  \($0)" }.joined(separator: "\n")
    let question = (try? Self.line(comparison.question)) ?? ""
    let probe = comparison.probe
    let kernel = comparison.outcomes.map(\.description).joined(separator: "; ")
    let steps = ruleset.loadSteps.map(\.shellText).joined()
    return """
      seed \(seed): \(comparison.judgement)\(isReproduced ? "" : ", not shown by the probe alone")

      question: \(question)
      probe from \(probe.src) port \(probe.sport)
      kernel, in each round: \(kernel)
      evaluator:
      \(answers)

      \(steps)
      """
  }

  static func line(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension Report {
  /// Keeps the disagreement as a directory that is replayed without a kernel.
  func save(below parent: String, named name: String) throws {
    guard isReproduced, let outcome = comparison.outcomes.first else { return }
    let directory = "\(parent)/\(name)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    for (file, text) in listings {
      try text.write(toFile: "\(directory)/\(file)", atomically: false, encoding: .utf8)
    }
    let regression = Regression.Case(
      question: comparison.question, source: comparison.probe.src, kernel: outcome)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(regression), as: UTF8.self)
    try (text + "\n").write(toFile: "\(directory)/case.json", atomically: false, encoding: .utf8)
    try ruleset.loadSteps.map(\.shellText).joined()
      .write(toFile: "\(directory)/load.sh", atomically: false, encoding: .utf8)
  }
}
