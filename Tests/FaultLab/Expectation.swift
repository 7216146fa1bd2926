import Testing

/// What the agent must say of a host.
struct Expectation: Sendable {
  var verdict: String
  var status: Int32
  /// The findings that name the cause: all that have the severity of the verdict.
  var causes: [Cause]

  /// A finding that must be there.
  struct Cause: Sendable {
    /// The id; more than one where several are right.
    var ids: [String]
    /// Words that the summary must hold.
    var saying: String?
    /// Words that the evidence must hold.
    var showing: String?
  }

  /// A host that a probe passes, and nothing is said against.
  static let healthy = Expectation(verdict: "pass", status: 0, causes: [])

  static func fails(
    _ ids: String..., saying: String? = nil, showing: String? = nil
  ) -> Expectation {
    let cause = Cause(ids: ids, saying: saying, showing: showing)
    return Expectation(verdict: "fail", status: 2, causes: [cause])
  }

  static func warns(_ id: String, saying: String? = nil) -> Expectation {
    Expectation(verdict: "warn", status: 1, causes: [Cause(ids: [id], saying: saying)])
  }

  /// A host of which the agent must not say that it is well, nor that it is not.
  static func leavesOpen(_ id: String, saying: String? = nil) -> Expectation {
    Expectation(verdict: "unknown", status: 3, causes: [Cause(ids: [id], saying: saying)])
  }

  /// Holds a run's report and exit status against this.
  func compare(with inspection: Inspection) {
    let report = inspection.report
    let digest = Comment(rawValue: report.digest)
    #expect(report.targets.count == 1, digest)
    #expect(report.targets.first?.verdict == verdict, digest)
    #expect(report.verdict == verdict, digest)
    #expect(inspection.finished.status == status, digest)
    #expect(inspection.finished.errors == "", "a report goes with an empty standard error")
    for severity in ["fail", "warn", "unknown"] {
      guard severity != verdict else { return compare(report, severity) }
      #expect(report.findings(severity).isEmpty, digest)
    }
  }

  /// Nothing but the causes has the severity that the verdict comes from.
  private func compare(_ report: AgentReport, _ severity: String) {
    let digest = Comment(rawValue: report.digest)
    let findings = report.findings(severity)
    #expect(findings.count == causes.count, digest)
    for cause in causes {
      guard let finding = findings.first(where: { cause.ids.contains($0.id) }) else {
        Issue.record("one of \(cause.ids) is expected\n\(report.digest)")
        continue
      }
      #expect(report.hop(finding.hop)?.verdict == severity, digest)
      #expect(!finding.evidence.isEmpty, "\(finding.id) has no evidence")
      if severity != "unknown" { #expect(!finding.remedies.isEmpty, "\(finding.id) has no remedy") }
      if let saying = cause.saying { #expect(finding.summary.contains(saying), digest) }
      if let showing = cause.showing {
        #expect(finding.evidence.contains { $0.text.contains(showing) }, "\(finding.evidence)")
      }
    }
  }
}
