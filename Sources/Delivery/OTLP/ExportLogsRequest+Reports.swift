import Reporting

extension ExportLogsRequest {
  /// The reports as records; those of one host share a resource.
  init(_ reports: [ShippedReport], _ agentVersion: String, _ now: Timestamp) {
    resourceLogs = ReportGroup.groups(of: reports).map { group in
      let records = group.reports.flatMap { ReportRecords($0, observed: now).records }
      return ResourceLogs(
        resource: group.resource,
        scopeLogs: ScopeLogs(
          scope: InstrumentationScope(name: "clb-agent", version: agentVersion), logRecords: records
        ))
    }
  }
}

/// One report as log records: what it says as a whole, of targets, of their hops, and of findings.
struct ReportRecords {
  private let report: ShippedReport
  private let observed: Timestamp

  /// More pieces of evidence of one finding do not travel; the report on the host has them all.
  private static let evidenceLimit = 10

  init(_ report: ShippedReport, observed: Timestamp) {
    self.report = report
    self.observed = observed
  }

  var records: [LogRecord] {
    let targets = report.targets.filter(isWorthTelling)
    var records = [summary] + targets.map(record)
    if report.detail == .full {
      records += report.targets.flatMap { target in target.hops.map { record($0, of: target) } }
    }
    return records + report.findings.map(record) + report.resolved.map(record)
  }

  /// Of a summary, a target that is as good as it was is told by the counts alone.
  private func isWorthTelling(_ target: ShippedReport.Target) -> Bool {
    report.detail == .full || target.verdict != "pass"
      || target.change == .new || target.change == .changed
  }

  private func record(
    _ event: LogRecord.EventName, _ severity: LogRecord.Severity, _ body: String,
    _ attributes: [OTLPAttribute]
  ) -> LogRecord {
    let common = [
      OTLPAttribute("clb.record", event.record), OTLPAttribute("clb.report.id", report.reportID),
    ]
    return LogRecord(
      timeUnixNano: report.takenAt.unixNanoseconds,
      observedTimeUnixNano: observed.unixNanoseconds, severity: severity, body: body.shipped,
      attributes: common + attributes, eventName: event)
  }
}

extension ReportRecords {
  private var summary: LogRecord {
    let passing = report.targets.count { $0.verdict == "pass" }
    let name = report.host.hostname ?? report.host.instanceID ?? "a host without a name"
    let body =
      "\(name): \(report.verdict); \(passing) of \(report.targets.count) targets pass,"
      + " \(report.findings.count) findings"
    return record(
      .report, .init(verdict: report.verdict), body,
      [
        OTLPAttribute("clb.report.detail", report.detail.rawValue),
        OTLPAttribute("clb.verdict", report.verdict),
        OTLPAttribute("clb.duration_ms", report.durationMilliseconds),
        OTLPAttribute("clb.targets.count", report.targets.count),
        OTLPAttribute("clb.targets.pass.count", passing),
        OTLPAttribute("clb.findings.count", report.findings.count),
        OTLPAttribute("clb.resolved.count", report.resolved.count),
      ])
  }

  private func record(_ target: ShippedReport.Target) -> LogRecord {
    let stop = target.hops.first { $0.verdict == target.verdict && target.verdict != "pass" }
    let body = "\(target.name): \(target.verdict)" + (stop.map { "; \($0.summary)" } ?? "")
    var attributes = target.attributes + [OTLPAttribute("clb.verdict", target.verdict)]
    attributes += stop.map { [OTLPAttribute("clb.hop", $0.name)] } ?? []
    attributes += history(target.since, target.change)
    return record(.target, .init(verdict: target.verdict), body, attributes)
  }

  private func record(_ hop: ShippedReport.Hop, of target: ShippedReport.Target) -> LogRecord {
    var attributes =
      target.attributes + [
        OTLPAttribute("clb.hop", hop.name), OTLPAttribute("clb.verdict", hop.verdict),
      ]
    attributes += hop.cause.map { [OTLPAttribute("clb.cause", $0)] } ?? []
    if hop.isSkipped { attributes.append(OTLPAttribute("clb.skipped", .bool(true))) }
    // A consequence is no failure of its own, and raises no second alarm.
    let severity = hop.cause == nil ? LogRecord.Severity(verdict: hop.verdict) : .info
    return record(.hop, severity, "\(target.name), \(hop.name): \(hop.summary)", attributes)
  }

  private func record(_ finding: ShippedReport.Finding) -> LogRecord {
    var attributes = [
      OTLPAttribute("clb.finding.id", finding.id), OTLPAttribute("clb.layer", finding.layer),
      OTLPAttribute("clb.severity", finding.severity),
    ]
    attributes += list("clb.target.names", finding.targets)
    attributes += finding.cause.map { [OTLPAttribute("clb.cause", $0)] } ?? []
    if finding.isSkipped { attributes.append(OTLPAttribute("clb.skipped", .bool(true))) }
    let evidence = finding.evidence.prefix(Self.evidenceLimit).map { "\($0.source): \($0.text)" }
    attributes += list("clb.evidence", evidence) + list("clb.remedy", finding.commands)
    attributes += history(finding.since, finding.change)
    let severity = finding.cause == nil ? LogRecord.Severity(verdict: finding.severity) : .info
    return record(.finding, severity, finding.summary, attributes)
  }

  private func record(_ resolved: ShippedReport.Resolved) -> LogRecord {
    record(
      .resolved, .info, "\(resolved.id) is resolved",
      [OTLPAttribute("clb.finding.id", resolved.id)] + list("clb.target.names", resolved.targets)
        + history(resolved.since, nil))
  }

  /// Nothing for an empty list: a receiver in use (Rotel 0.0.1a15) refuses an array without values in JSON,
  /// and with it the whole request.
  private func list(_ key: String, _ texts: [String]) -> [OTLPAttribute] {
    texts.isEmpty ? [] : [OTLPAttribute(key, texts)]
  }

  private func history(
    _ since: Timestamp?, _ change: ShippedReport.Change?
  ) -> [OTLPAttribute] {
    (since.map { [OTLPAttribute("clb.since", $0.rfc3339)] } ?? [])
      + (change.map { [OTLPAttribute("clb.change", $0.rawValue)] } ?? [])
  }
}
