import Foundation
import Reporting
import Testing

@testable import Delivery

@Suite("Names on the wire")
struct WireNamesTests {
  @Test("all stand in the page on what receivers get")
  func documented() throws {
    let page = try String(contentsOfFile: OTLPSink.root + "/Docs/otlp.md", encoding: .utf8)
    let documented = Set(page.matches(of: /`([^`\s]+)`/).map { String($0.output.1) })
    #expect(documented.count > 60)
    let report = SampleReport.failing(.full)
    let logs = ExportLogsRequest([report], "1.2.0", SampleReport.now).resourceLogs
    let metrics = ExportMetricsRequest([report], SampleReport.status, "1.2.0", SampleReport.now)
      .resourceMetrics.flatMap(\.scopeMetrics.metrics)
    let records = logs.flatMap(\.scopeLogs.logRecords)
    var sent = Set(LogRecord.EventName.allCases.map(\.rawValue))
    sent.formUnion(logs.flatMap(\.resource.attributes).map(\.key))
    sent.formUnion(records.flatMap(\.attributes).map(\.key))
    sent.formUnion(metrics.flatMap { [$0.name, $0.unit] })
    sent.formUnion(metrics.flatMap(\.points).flatMap(\.attributes).map(\.key))
    #expect(sent.subtracting(documented).isEmpty)
  }
}
