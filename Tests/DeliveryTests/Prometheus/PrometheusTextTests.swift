import Delivery
import Glibc
import Testing

@Suite("The text for Prometheus")
struct PrometheusTextTests {
  private static let needsPromtool = "needs promtool, of Debian's package prometheus"

  @Test("is this, line for line")
  func golden() throws {
    let text = PrometheusText.render(
      report: try ScrapedReport.make(), status: ScrapedReport.status, now: ScrapedReport.now)
    let samples = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(
      samples == [
        #"clb_host_status{status="pass"} 0"#, #"clb_host_status{status="warn"} 0"#,
        #"clb_host_status{status="fail"} 1"#, #"clb_host_status{status="unknown"} 0"#,
        #"clb_target_status{target="http://:80/",status="pass"} 0"#,
        #"clb_target_status{target="http://:80/",status="warn"} 0"#,
        #"clb_target_status{target="http://:80/",status="fail"} 1"#,
        #"clb_target_status{target="http://:80/",status="unknown"} 0"#,
        #"clb_target_status_since_timestamp_seconds{target="http://:80/"} 1772352000.000"#,
        #"clb_inspect_findings{severity="fail"} 2"#, #"clb_inspect_findings{severity="warn"} 1"#,
        #"clb_inspect_findings{severity="unknown"} 0"#, #"clb_inspect_findings{severity="info"} 0"#,
        #"clb_finding{id="listening-socket.missing",severity="fail",target="http://:80/"} 1"#,
        #"clb_finding{id="load.high-average",severity="warn",target=""} 1"#,
        #"clb_agent_info{version="0.1.0"} 1"#, "clb_inspect_duration_seconds 0.041",
        "clb_inspect_timestamp_seconds 1772352930.120",
        "clb_last_run_timestamp_seconds 1772352945.620",
        #"clb_spool_reports{receiver="central",signal="logs"} 3"#,
        #"clb_spool_reports{receiver="hook",signal="report"} 0"#,
        #"clb_spool_size_bytes{receiver="central",signal="logs"} 4096"#,
        #"clb_spool_size_bytes{receiver="hook",signal="report"} 0"#,
        #"clb_spool_oldest_timestamp_seconds{receiver="central",signal="logs"} 1772350000.000"#,
        #"clb_spool_delivered_total{receiver="central",signal="logs"} 70"#,
        #"clb_spool_delivered_total{receiver="hook",signal="report"} 0"#,
        #"clb_spool_dropped_total{receiver="central",signal="logs"} 2"#,
        #"clb_spool_dropped_total{receiver="hook",signal="report"} 0"#,
        #"clb_spool_rejected_total{receiver="central",signal="logs"} 1"#,
        #"clb_spool_rejected_total{receiver="hook",signal="report"} 0"#,
        #"clb_delivery_failures{receiver="central",signal="logs"} 4"#,
        #"clb_delivery_failures{receiver="hook",signal="report"} 0"#, "clb_spool_damaged_total 5",
      ])
  }

  @Test(
    "keeps a target's name one harmless label, whatever is in it",
    arguments: [
      (#"a"} 1"#, #"a\"} 1"#), (#"back\slash"#, #"back\\slash"#), ("line\nfeed", #"line\\nfeed"#),
      ("\u{1b}[2Jgone", #"\\u{1b}[2Jgone"#), ("right\u{202e}left", #"right\\u{202e}left"#),
      ("ünï 漢字", "ünï 漢字"),
      (String(repeating: "x", count: 999), String(repeating: "x", count: 256) + "…"),
    ])
  func hostile(name: String, label: String) throws {
    let text = PrometheusText.render(
      report: try ScrapedReport.make(targets: [(name, "fail")]), now: ScrapedReport.now)
    #expect(text.contains("clb_target_status{target=\"\(label)\",status=\"fail\"} 1\n"))
  }

  @Test("has one series for two targets of one name, the worse one's")
  func sameName() throws {
    let targets = [("web", "pass"), ("web", "fail"), ("web", "odd"), ("other", "odd")]
    let text = PrometheusText.render(
      report: try ScrapedReport.make(targets: targets), now: ScrapedReport.now)
    let lines = text.split(separator: "\n").filter {
      $0.hasPrefix("clb_target_status{") && $0.hasSuffix(" 1")
    }
    #expect(
      lines == [
        #"clb_target_status{target="web",status="fail"} 1"#,
        #"clb_target_status{target="other",status="unknown"} 1"#,
      ])
    #expect(Set(text.split(separator: "\n")).count == text.split(separator: "\n").count)
  }

  @Test("is clean to promtool", .enabled(if: DebianTool.has("promtool"), "\(needsPromtool)"))
  func promtool() async throws {
    let targets = [(#"a"} 1"#, "fail"), ("b\n\\", "warn"), ("\u{202e}", "odd"), ("b\n\\", "pass")]
    let text = PrometheusText.render(
      report: try ScrapedReport.make(targets: targets), status: ScrapedReport.status,
      now: ScrapedReport.now)
    let run = try await DebianTool.run("promtool", ["check", "metrics"], input: text)
    #expect(run.status == 0 && run.output == "" && run.errors == "", "\(run.output)\(run.errors)")
  }

  @Test("goes into a file that all may read, in the place of the old one")
  func file() throws {
    let root = try TemporaryRoot()
    try root.write("clb-agent.prom", "old", mode: 0o600)
    try PrometheusTextfile.write("new\n", to: "\(root.path)/clb-agent.prom")
    #expect(root.text("clb-agent.prom") == "new\n")
    var status = stat()
    #expect(stat("\(root.path)/clb-agent.prom", &status) == 0 && status.st_mode & 0o777 == 0o644)
    #expect(root.files == ["clb-agent.prom"])
  }
}
