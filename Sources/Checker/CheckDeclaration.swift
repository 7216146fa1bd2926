/// What a check is, for people: the one source of `explain`, the catalogue and the command line.
package struct CheckDeclaration: Sendable, Hashable {
  /// The hop it looks at, and its name on the command line: `listening-socket`.
  package var name: String
  /// One sentence: what it asks of the host.
  package var summary: String
  /// Why a probe can end here, in a paragraph or more, Markdown.
  package var reason: String
  /// Files, commands and probes it reads.
  package var reads: [String]
  package var findings: [FindingDeclaration]
  /// Documents that say so.
  package var sources: [String]

  package init(
    name: String, summary: String, reason: String, reads: [String],
    findings: [FindingDeclaration], sources: [String]
  ) {
    self.name = name
    self.summary = summary
    self.reason = reason
    self.reads = reads
    self.findings = findings
    self.sources = sources
  }
}

/// One finding id with what it means.
package struct FindingDeclaration: Sendable, Hashable {
  package var id: FindingID
  package var layer: Layer
  /// The severities it is raised with, worst first.
  package var severities: [Severity]
  /// What is wrong, in one sentence without this host's names.
  package var meaning: String
  /// What ends it, in one sentence.
  package var remedy: String

  package init(
    id: FindingID, layer: Layer, severities: [Severity], meaning: String, remedy: String
  ) {
    self.id = id
    self.layer = layer
    self.severities = severities
    self.meaning = meaning
    self.remedy = remedy
  }
}
