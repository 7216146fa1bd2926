import Checker

/// One finding in the JSON report.
struct WireFinding: Codable, Hashable {
  var id: String
  var layer: String
  var severity: String
  var summary: String
  var targets: [String]
  @Nullable var cause: String?
  @Nullable var skip: String?
  @Nullable var since: String?
  @Nullable var change: String?
  var evidence: [Quote]
  var remedies: [Step]

  init(_ finding: Finding, _ standing: Standing?) {
    id = finding.id.rawValue
    layer = finding.layer.rawValue
    severity = finding.severity.rawValue
    summary = finding.summary
    targets = finding.targets
    _cause = Nullable(finding.cause?.rawValue)
    _skip = Nullable(finding.skip)
    _since = Nullable(standing?.since.rfc3339)
    _change = Nullable(standing?.change.rawValue)
    evidence = finding.evidence.map(Quote.init)
    remedies = finding.remedies.map(Step.init)
  }

  struct Quote: Codable, Hashable {
    var source: String
    var text: String

    init(_ evidence: Evidence) {
      source = evidence.source
      text = evidence.text
    }
  }

  struct Step: Codable, Hashable {
    var summary: String
    var commands: [String]
    var persistence: String
    var disruptive: Bool
    var undo: [String]
    @Nullable var verify: String?

    init(_ remedy: Remedy) {
      summary = remedy.summary
      commands = remedy.commands
      persistence = remedy.persistence.rawValue
      disruptive = remedy.disruptive
      undo = remedy.undo
      _verify = Nullable(remedy.verify)
    }
  }
}
