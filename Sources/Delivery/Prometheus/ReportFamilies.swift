/// What a report says of the host and its targets.
struct ReportFamilies {
  private static let hostStatus = MetricFamily.Declaration(
    "clb_host_status", "Verdict on the host as a whole: 1 for the one it is, 0 for the others.")
  private static let targetStatus = MetricFamily.Declaration(
    "clb_target_status",
    "Verdict on a target of the CLB's health check: 1 for the one it is, 0 for the others.")
  private static let targetSince = MetricFamily.Declaration(
    "clb_target_status_since_timestamp_seconds", "When the target's verdict became what it is.")
  private static let findings = MetricFamily.Declaration(
    "clb_inspect_findings", "Findings of the report, by their severity.")
  private static let finding = MetricFamily.Declaration(
    "clb_finding", "1 for each finding that is no consequence of another, and each target it hits.")

  static let declared = [hostStatus, targetStatus, targetSince, findings, finding]

  /// A state set, one sample a state, rather than a number: "fail" then needs no legend, no rule compares
  /// with 2, and averages over hosts are shares.
  private static let states = ["pass", "warn", "fail", "unknown"]
  private static let severities = ["fail", "warn", "unknown", "info"]
  /// Findings beyond this are counted, and have no series of their own.
  private static let findingLimit = 200

  let families: [MetricFamily]

  init(_ report: ShippedReport) {
    var host = MetricFamily(Self.hostStatus)
    Self.addStates(of: report.verdict, to: &host)
    families = [
      host, Self.targets(report), Self.since(report), Self.counts(report), Self.single(report),
    ]
  }

  private static func addStates(
    of verdict: String, as labels: [(String, String)] = [], to family: inout MetricFamily
  ) {
    // A word that only newer agents know is not known here.
    let verdict = states.contains(verdict) ? verdict : "unknown"
    for state in states { family.add(labels + [("status", state)], .flag(state == verdict)) }
  }

  private static func targets(_ report: ShippedReport) -> MetricFamily {
    var family = MetricFamily(targetStatus)
    // Two targets of one name are one series: the worse one's.
    for target in report.targets.sorted(by: { rank($0.verdict) > rank($1.verdict) }) {
      addStates(of: target.verdict, as: [("target", target.name)], to: &family)
    }
    return family
  }

  private static func rank(_ verdict: String) -> Int {
    switch verdict {
    case "pass": 0
    case "warn": 1
    case "fail": 3
    default: 2
    }
  }

  private static func since(_ report: ShippedReport) -> MetricFamily {
    var family = MetricFamily(targetSince)
    for target in report.targets.sorted(by: { rank($0.verdict) > rank($1.verdict) }) {
      guard let since = target.since else { continue }
      family.add([("target", target.name)], .moment(since))
    }
    return family
  }

  private static func counts(_ report: ShippedReport) -> MetricFamily {
    var family = MetricFamily(findings)
    for severity in severities {
      let count = report.findings.count { $0.severity == severity }
      family.add([("severity", severity)], .count(count))
    }
    return family
  }

  private static func single(_ report: ShippedReport) -> MetricFamily {
    var family = MetricFamily(finding)
    for finding in report.findings.filter({ $0.cause == nil && !$0.isSkipped }).prefix(findingLimit)
    {
      for target in finding.targets.isEmpty ? [""] : finding.targets {
        family.add(
          [("id", finding.id), ("severity", finding.severity), ("target", target)], .count(1))
      }
    }
    return family
  }
}
