import Reporting
import Testing

@testable import Delivery

@Suite("A report's records")
struct ReportRecordsTests {
  private func records(_ report: ShippedReport) -> [LogRecord] {
    ReportRecords(report, observed: SampleReport.now).records
  }

  private func value(_ key: String, _ record: LogRecord) -> OTLPValue? {
    record.attributes.first { $0.key == key }?.value
  }

  @Test("of a summary leave out targets that are as good as they were")
  func summary() {
    var report = SampleReport.failing()
    #expect(records(report).map(\.eventName) == [.report, .target, .finding, .resolved])
    for change in [ShippedReport.Change.new, .changed] {
      report.targets[1].change = change
      #expect(records(report).map(\.eventName) == [.report, .target, .target, .finding, .resolved])
    }
    report.targets[1].change = .flapping
    #expect(records(report).count == 4)
  }

  @Test("of a full report are all targets and all their hops")
  func full() {
    let records = records(SampleReport.failing(.full))
    #expect(
      records.map(\.eventName) == [
        .report, .target, .target, .hop, .hop, .hop, .finding, .resolved,
      ])
    // A consequence is no second alarm.
    #expect(records.filter { $0.eventName == .hop }.map(\.severity) == [.error, .info, .info])
  }

  @Test("have unique keys, and name the report each")
  func keys() {
    for record in records(SampleReport.failing(.full)) {
      let keys = record.attributes.map(\.key)
      #expect(Set(keys).count == keys.count)
      #expect(value("clb.report.id", record) == .string("r-1"))
      #expect(value("clb.record", record) == .string(record.eventName.record))
      #expect(record.observedTimeUnixNano == 1_795_226_099_000_000_005)
    }
  }

  @Test(
    "have the severity of their verdict, and what nobody checked is no good news",
    arguments: [
      ("pass", LogRecord.Severity.info), ("info", .info), ("warn", .warn), ("unknown", .warn),
      ("fail", .error),
    ])
  func severity(verdict: String, severity: LogRecord.Severity) {
    var report = SampleReport.failing()
    report.verdict = verdict
    #expect(records(report).first?.severity == severity)
  }

  @Test("tell since when, what changed, and what to type")
  func history() throws {
    let records = records(SampleReport.failing())
    let target = try #require(records.first { $0.eventName == .target })
    #expect(value("clb.since", target) == .string("2026-11-21T00:13:20.000Z"))
    #expect(value("clb.change", target) == .string("unchanged"))
    #expect(value("clb.hop", target) == .string("packet-filter"))
    let finding = try #require(records.first { $0.eventName == .finding })
    #expect(value("clb.change", finding) == .string("new"))
    #expect(
      value("clb.remedy", finding)
        == .strings(["iptables -I INPUT -s 100.64.0.0/10 -p tcp --dport 80 -j ACCEPT"]))
  }

  @Test("hold no control character and no value without a bound")
  func hostile() {
    var report = SampleReport.failing(.full)
    report.host.hostname = "web\u{1b}]0;x\u{7}\n\u{202e}"
    report.findings[0].evidence = (0..<50).map {
      .init(source: "s\($0)", text: String(repeating: "ä\u{9b}", count: 4000))
    }
    let request = ExportLogsRequest([report], "1.2.0", SampleReport.now)
    let text = OTLPJSONWriter.text(of: request)
    #expect(!text.unicodeScalars.contains(where: HostText.isHostile))
    // Ten pieces of evidence of 4 KiB at most.
    #expect(text.utf8.count < 60_000)
  }

  @Test("cut a long value at a character's end, and say so")
  func cut() {
    let text = String(repeating: "a", count: 4092) + "ä" + String(repeating: "b", count: 100)
    #expect(text.shipped == String(repeating: "a", count: 4092) + "…")
    let exact = String(repeating: "a", count: 4096)
    #expect(exact.shipped == exact)
    #expect(String(repeating: "\u{1F600}", count: 2000).shipped.utf8.count <= 4096)
  }
}

@Suite("A report's resource")
struct OTLPResourceTests {
  private func attributes(_ host: ShippedReport.Host) -> [String: OTLPValue] {
    Dictionary(
      OTLPResource(host, agentVersion: "1.2.0").attributes.map { ($0.key, $0.value) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test("says what is known, and no more")
  func known() {
    #expect(
      attributes(.init()).keys.sorted() == ["host.arch", "service.name", "service.version"])
    let all = attributes(SampleReport.host)
    #expect(all["host.id"] == .string("ins-9z8y7x6w"))
    #expect(all["host.ip"] == .strings(["10.0.0.5", "fd00::5"]))
    #expect(all["os.type"] == .string("linux"))
    #expect(all["cloud.provider"] == .string("tencent_cloud"))
    #expect(all["cloud.region"] == .string("ap-guangzhou"))
    var host = SampleReport.host
    host.instanceID = nil
    host.region = nil
    #expect(attributes(host)["host.id"] == .string("0123456789abcdef0123456789abcdef"))
    #expect(attributes(host)["cloud.provider"] == nil)
  }

  @Test("is one for the reports of one host")
  func groups() {
    var other = SampleReport.failing(id: "r-3")
    other.host.instanceID = "ins-other"
    let reports = [SampleReport.failing(), other, SampleReport.failing(id: "r-2")]
    let request = ExportLogsRequest(reports, "1.2.0", SampleReport.now)
    #expect(request.resourceLogs.map(\.scopeLogs.logRecords.count) == [8, 4])
    let metrics = ExportMetricsRequest(reports, SampleReport.status, "1.2.0", SampleReport.now)
    // The spool is told of once.
    #expect(metrics.resourceMetrics.map(\.scopeMetrics.metrics.count) == [9, 3])
  }
}
