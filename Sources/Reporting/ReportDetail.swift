import Checker

/// How much of a report is told.
package enum ReportDetail: String, Sendable, Hashable, CaseIterable {
  /// Every target's verdict, and of hops and findings what is not well or is news.
  case summary
  /// The whole report.
  case full
}

extension Report {
  /// Evidence of one finding that a summary has.
  private static let evidenceLimit = 3
  /// Unicode scalars of one piece of evidence that a summary has.
  private static let evidenceScalars = 512

  /// What travels each time: all verdicts, and of hops and findings what is not well or is news.
  package var summarized: Report {
    var summary = self
    summary.detail = .summary
    for index in summary.diagnosis.targets.indices {
      summary.diagnosis.targets[index].path.removeAll { $0.verdict == .pass || $0.skip != nil }
    }
    let kept = diagnosis.findings.indices.filter { index in
      let finding = diagnosis.findings[index]
      return finding.severity != .info || changes?.findings[index].change.isNews == true
    }
    summary.diagnosis.findings = kept.map { Report.summarized(diagnosis.findings[$0]) }
    summary.changes?.findings = kept.compactMap { changes?.findings[$0] }
    return summary
  }

  private static func summarized(_ finding: Finding) -> Finding {
    var finding = finding
    finding.evidence = finding.evidence.prefix(evidenceLimit).map {
      Evidence(source: $0.source, text: HostText.cut($0.text, toScalars: evidenceScalars))
    }
    finding.remedies = Array(finding.remedies.prefix(1))
    return finding
  }
}
