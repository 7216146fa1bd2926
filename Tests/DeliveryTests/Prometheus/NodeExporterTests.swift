import Delivery
import Glibc
import Testing

/// A real node_exporter and a real Prometheus, in a network namespace of their own.
@Suite(
  "A textfile behind node_exporter", .timeLimit(.minutes(2)),
  .enabled(
    if: geteuid() == 0
      && DebianTool.has("prometheus", "prometheus-node-exporter", "promtool", "unshare", "ip"),
    "needs root, ip, unshare, prometheus and prometheus-node-exporter"))
struct NodeExporterTests {
  private static let settings = """
    global: { scrape_interval: 1s, evaluation_interval: 1s }
    rule_files: [ rules.yaml ]
    scrape_configs:
      - { job_name: hosts, static_configs: [ { targets: [ "127.0.0.1:9100" ] } ] }

    """

  @Test("is scraped whole, and the rules fire for a target that fails and a host that is silent")
  func fires() async throws {
    let root = try TemporaryRoot()
    root.makeDirectory("text")
    // Written long ago, with a name that would break out of its label.
    let report = try ScrapedReport.make(targets: [(#"web"} 1"#, "fail")])
    try PrometheusTextfile.write(
      PrometheusText.render(report: report, status: ScrapedReport.status, now: ScrapedReport.now),
      to: "\(root.path)/text/clb-agent.prom")
    let rules = try PrometheusRulesTests.text("clb-agent.rules.yaml")
    try root.write("rules.yaml", rules.replacing(/for: [0-9]+[mh]/, with: "for: 1s"))
    try root.write("prometheus.yaml", Self.settings)
    let script = """
      cd \(root.path)
      ip link set lo up
      prometheus-node-exporter --collector.disable-defaults --collector.textfile \
        --collector.textfile.directory=text --web.listen-address=127.0.0.1:9100 >exporter.log 2>&1 &
      prometheus --config.file=prometheus.yaml --storage.tsdb.path=data \
        --web.listen-address=127.0.0.1:9090 >prometheus.log 2>&1 &
      ask() { promtool query instant http://127.0.0.1:9090 "$1" 2>/dev/null; }
      for tick in $(seq 300); do
        test "$(ask 'count(ALERTS{alertstate="firing"}) == 3')" = "" || break
        sleep 0.1
      done
      ask 'ALERTS{alertstate="firing"}'
      ask node_textfile_scrape_error
      ask 'clb_target_status == 1'
      """
    let run = try await DebianTool.run(
      "unshare",
      ["--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c", script])
    let logs = "\(root.text("prometheus.log") ?? "")\(root.text("exporter.log") ?? "")"
    for alert in ["CLBTargetFailing", "CLBAgentSilent", "CLBReportsWaiting"] {
      #expect(run.output.contains(#"alertname="\#(alert)""#), "\(run.output)\(run.errors)\(logs)")
    }
    let error = run.output.split(separator: "\n").first {
      $0.hasPrefix("node_textfile_scrape_error")
    }
    #expect(error?.contains("=> 0 @") == true, "\(run.output)")
    #expect(
      run.output.contains(
        #"clb_target_status{instance="127.0.0.1:9100", job="hosts", status="fail", target="web\"} 1"} => 1 @"#
      ))
  }
}
