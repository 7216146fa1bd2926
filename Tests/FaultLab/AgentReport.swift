import FoundationEssentials

/// What the lab reads of the agent's JSON report, version 1.
struct AgentReport: Decodable, Sendable {
  var schemaVersion: Int
  var verdict: String
  /// How the targets came to be.
  var targetOrigin: String
  var targets: [Target]
  var findings: [Finding]
  var missing: [String]?

  struct Target: Decodable, Sendable {
    var name: String
    var verdict: String
    var path: [Hop]
  }

  struct Hop: Decodable, Sendable {
    var hop: String
    var verdict: String
    var summary: String
  }

  struct Finding: Decodable, Sendable {
    var id: String
    var severity: String
    var summary: String
    var cause: String?
    /// The names of the targets hit.
    var targets: [String]
    var evidence: [Evidence]
    var remedies: [Remedy]

    /// The hop that it is about: the part of its id before the dot.
    var hop: String { String(id.prefix { $0 != "." }) }
  }

  struct Remedy: Decodable, Sendable {
    var summary: String
    var commands: [String]
    var undo: [String]
  }

  struct Evidence: Decodable, Sendable {
    var source: String
    var text: String
  }

  init(parsing text: String) throws {
    self = try JSONDecoder().decode(AgentReport.self, from: Data(text.utf8))
  }

  /// The findings of one severity.
  func findings(_ severity: String) -> [Finding] { findings.filter { $0.severity == severity } }

  /// The first target's hop of that name.
  func hop(_ name: String) -> Hop? { targets.first?.path.first { $0.hop == name } }

  /// Everything it says in words, of findings, hops and missing answers.
  var sentences: [String] {
    let found = findings.map { finding in
      ([finding.summary] + finding.evidence.flatMap { [$0.source, $0.text] }).joined(
        separator: "\n")
    }
    return found + targets.flatMap { $0.path.map(\.summary) } + (missing ?? [])
  }

  /// For a failed expectation: the findings and the way, a line each.
  var digest: String {
    let found = findings.map { "\($0.severity) \($0.id): \($0.summary)" }
    let way = (targets.first?.path ?? []).map { "hop \($0.hop) \($0.verdict): \($0.summary)" }
    return (["verdict \(verdict)"] + found + way).joined(separator: "\n")
  }
}
