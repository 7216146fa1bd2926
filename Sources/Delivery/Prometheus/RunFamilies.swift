import Reporting

/// What a run says of itself.
struct RunFamilies {
  private static let info = MetricFamily.Declaration(
    "clb_agent_info", "The agent that made the report, by its version; always 1.")
  private static let duration = MetricFamily.Declaration(
    "clb_inspect_duration_seconds", "How long the inspection took.")
  private static let inspected = MetricFamily.Declaration(
    "clb_inspect_timestamp_seconds", "When the host was inspected.")
  private static let lastRun = MetricFamily.Declaration(
    "clb_last_run_timestamp_seconds",
    "When the agent wrote these metrics; they stay as they are when it no longer runs.")

  static let declared = [info, duration, inspected, lastRun]

  let families: [MetricFamily]

  init(_ report: ShippedReport, _ now: Timestamp) {
    var info = MetricFamily(Self.info)
    info.add([("version", report.agentVersion)], .count(1))
    families = [
      info, MetricFamily(Self.duration, .milliseconds(report.durationMilliseconds)),
      MetricFamily(Self.inspected, .moment(report.takenAt)),
      MetricFamily(Self.lastRun, .moment(now)),
    ]
  }
}
