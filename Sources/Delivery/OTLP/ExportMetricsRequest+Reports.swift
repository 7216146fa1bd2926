import Reporting

extension ExportMetricsRequest {
  /// The reports as points, and the spool's own figures with the newest report's host.
  init(
    _ reports: [ShippedReport], _ status: SpoolStatus, _ agentVersion: String, _ now: Timestamp
  ) {
    resourceMetrics = ReportGroup.groups(of: reports).enumerated().map { index, group in
      var metrics = ReportMetrics.metrics(of: group.reports)
      if index == 0 { metrics += SpoolMetrics(status, now).metrics }
      return ResourceMetrics(
        resource: group.resource,
        scopeMetrics: ScopeMetrics(
          scope: InstrumentationScope(name: "clb-agent", version: agentVersion), metrics: metrics))
    }
  }
}

/// What reports say in numbers; the names on the wire are never changed.
private enum ReportMetrics {
  /// Severities that findings are counted by, also those that no finding has now.
  private static let severities = ["fail", "warn", "unknown", "info"]

  static func metrics(of reports: [ShippedReport]) -> [OTLPMetric] {
    [
      OTLPMetric(
        name: "clb.inspect.verdict",
        description:
          "The verdict on the host and on each target: 0 pass, 1 warn, 2 fail, 3 unknown.",
        unit: "1", kind: .gauge, points: reports.flatMap(verdicts)),
      OTLPMetric(
        name: "clb.inspect.duration", description: "How long the inspection took.", unit: "s",
        kind: .gauge,
        points: reports.map { point($0, .double(Double($0.durationMilliseconds) / 1000)) }),
      OTLPMetric(
        name: "clb.inspect.findings", description: "Findings of the report, by their severity.",
        unit: "{finding}", kind: .gauge, points: reports.flatMap(findings)),
    ]
  }

  private static func verdicts(_ report: ShippedReport) -> [NumberDataPoint] {
    let host = point(report, .int(number(report.verdict)), [OTLPAttribute("clb.scope", "host")])
    return [host]
      + report.targets.map { target in
        point(
          report, .int(number(target.verdict)),
          [OTLPAttribute("clb.scope", "target")] + target.attributes)
      }
  }

  private static func findings(_ report: ShippedReport) -> [NumberDataPoint] {
    severities.map { severity in
      let count = report.findings.count { $0.severity == severity }
      return point(report, .int(Int64(count)), [OTLPAttribute("clb.severity", severity)])
    }
  }

  private static func point(
    _ report: ShippedReport, _ value: NumberDataPoint.Value, _ attributes: [OTLPAttribute] = []
  ) -> NumberDataPoint {
    NumberDataPoint(
      timeUnixNano: report.takenAt.unixNanoseconds, value: value, attributes: attributes)
  }

  /// The exit statuses of monitoring plugins.
  private static func number(_ verdict: String) -> Int64 {
    switch verdict {
    case "pass": 0
    case "warn": 1
    case "fail": 2
    default: 3
    }
  }
}

/// What the spool says of itself, queue by queue.
private struct SpoolMetrics {
  private let status: SpoolStatus
  private let now: Timestamp

  init(_ status: SpoolStatus, _ now: Timestamp) {
    self.status = status
    self.now = now
  }

  var metrics: [OTLPMetric] {
    let queues = [
      metric("clb.spool.reports", "Reports that wait to be sent.", "{report}", .gauge, \.reports),
      metric("clb.spool.size", "Bytes of the reports that wait.", "By", .gauge, \.bytes),
      metric(
        "clb.spool.delivered", "Reports that a receiver took.", "{report}", .counter,
        \.deliveredTotal),
      metric(
        "clb.spool.dropped", "Reports removed unsent: the spool was full, or they were too old.",
        "{report}", .counter, \.droppedTotal),
      metric(
        "clb.spool.rejected", "Reports that a receiver refused for good.", "{report}", .counter,
        \.rejectedTotal),
    ]
    let damaged = OTLPMetric(
      name: "clb.spool.damaged", description: "Files of the spool set aside as damaged.",
      unit: "{report}", kind: .counter,
      points: [
        NumberDataPoint(
          timeUnixNano: now.unixNanoseconds, value: .int(Int64(status.damagedTotal)))
      ])
    return (status.queues.isEmpty ? [] : queues) + [damaged]
  }

  private func metric(
    _ name: String, _ description: String, _ unit: String, _ kind: OTLPMetric.Kind,
    _ value: (SpoolStatus.Queue) -> Int
  ) -> OTLPMetric {
    let points = status.queues.map { queue in
      NumberDataPoint(
        timeUnixNano: now.unixNanoseconds, value: .int(Int64(value(queue))),
        attributes: [
          OTLPAttribute("clb.receiver", queue.name.receiver),
          OTLPAttribute("clb.signal", queue.name.signal.rawValue),
        ])
    }
    return OTLPMetric(name: name, description: description, unit: unit, kind: kind, points: points)
  }
}
