import FoundationEssentials
import JSONText
import Reporting
import TestSupport
import Testing

@testable import Delivery

@Suite("A report as receivers are told of it")
struct ShippedReportTests {
  private static let tests =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  private static func golden(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: "\(tests)/\(name)")))
  }

  @Test("is read from what the agent prints")
  func fromGolden() throws {
    let document = try Self.golden("EndToEndTests/Golden/web-1-listeners.json")
    let report = try ShippedReport(parsing: document)
    let tree = try jsonTree(document)
    #expect(report.document == document)
    #expect(report.reportID == tree["reportID"]?.string)
    #expect(report.takenAt.rfc3339 == tree["takenAt"]?.string)
    #expect(report.agentVersion == tree["agent"]?["version"]?.string)
    #expect(report.verdict == tree["verdict"]?.string)
    #expect(report.detail == .full)
    #expect(report.host.hostname == tree["host"]?["hostname"]?.string)
    #expect(report.host.privateAddresses == tree["host"]?["privateAddresses"]?.strings)
    let targets = try #require(tree["targets"]?.array)
    #expect(report.targets.map(\.name) == targets.map { $0["name"]?.string })
    #expect(report.targets.map(\.scheme) == targets.map { $0["protocol"]?.string })
    #expect(report.targets.map(\.port) == targets.map { $0["port"]?.integer.map(Int.init) })
    #expect(
      report.targets.map(\.listenerID) == targets.map { $0["listener"]?["listenerID"]?.string })
    #expect(report.targets.map(\.hops.count) == targets.map { $0["path"]?.array?.count })
    let findings = try #require(tree["findings"]?.array)
    #expect(!findings.isEmpty)
    #expect(report.findings.map(\.id) == findings.map { $0["id"]?.string })
    #expect(report.findings.map(\.severity) == findings.map { $0["severity"]?.string })
    #expect(report.findings.map(\.evidence.count) == findings.map { $0["evidence"]?.array?.count })
    #expect(
      report.findings.map(\.commands)
        == findings.map { $0["remedies"]?.array?.first?["commands"]?.strings ?? [] })
  }

  @Test("has what a run remembers of runs before it")
  func additions() throws {
    let text = """
      {"schemaVersion": 1, "reportID": "a", "takenAt": "2026-03-01T08:15:30.123Z", "detail": "summary",
       "verdict": "fail", "new": {"member": [1, {"x": null}]},
       "targets": [{"name": "tcp://10.0.0.5:80", "since": "2026-03-01T07:00:00.000Z", "change": "changed",
                    "listener": null, "path": [{"hop": "nat", "skip": "--skip nat", "cause": null}]}],
       "findings": [{"id": "nat.x", "change": "flapping", "since": null, "skip": null}],
       "resolved": [{"id": "tcp.y", "targets": ["t"], "since": "2026-03-01T06:00:00.000Z"}]}
      """
    let report = try ShippedReport(parsing: Array(text.utf8))
    #expect(report.detail == .summary)
    #expect(report.targets.first?.since?.rfc3339 == "2026-03-01T07:00:00.000Z")
    #expect(report.targets.first?.change == .changed)
    #expect(report.targets.first?.hops.first?.isSkipped == true)
    #expect(report.findings.first?.change == .flapping)
    #expect(report.findings.first?.since == nil)
    #expect(report.findings.first?.isSkipped == false)
    #expect(report.resolved.map(\.id) == ["tcp.y"])
    #expect(report.resolved.first?.targets == ["t"])
  }

  @Test("without a verdict is unknown, and words of newer agents are passed over")
  func leniency() throws {
    let text =
      #"{"reportID":"a","takenAt":"2026-03-01T08:15:30.123Z","detail":"tiny","targets":[{"change":"x"}]}"#
    let report = try ShippedReport(parsing: Array(text.utf8))
    #expect(report.verdict == "unknown")
    #expect(report.detail == .full)
    #expect(report.targets.first?.change == nil)
    #expect(report.targets.first?.verdict == "unknown")
  }

  @Test(
    "is refused when it is no report of version 1",
    arguments: [
      "", "null", "[]", "{}", #"{"reportID":"a"}"#, #"{"takenAt":"2026-03-01T08:15:30.123Z"}"#,
      #"{"reportID":"","takenAt":"2026-03-01T08:15:30.123Z"}"#,
      #"{"reportID":"a","takenAt":"yesterday"}"#,
      #"{"schemaVersion":2,"reportID":"a","takenAt":"2026-03-01T08:15:30.123Z"}"#,
      #"{"reportID":"a","takenAt":"2026-03-01T08:15:30.123Z"} x"#,
      #"{"reportID":"a","takenAt":"2026-03-01T08:15:30.123Z","targets":{}}"#,
      #"{"reportID":"a","takenAt":"2026-03-01T08:15:30.123Z","targets":[{"port":65536}]}"#,
    ])
  func refused(text: String) {
    #expect(throws: JSONShapeFailure.self) { try ShippedReport(parsing: Array(text.utf8)) }
  }

  @Test("cut or changed anywhere is refused or read, never worse")
  func damage() throws {
    let document = try Self.golden("EndToEndTests/Golden/web-1.json")
    for length in stride(from: 0, to: document.count - 2, by: 97) {
      #expect(throws: JSONShapeFailure.self) {
        try ShippedReport(parsing: Array(document[..<length]))
      }
    }
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      var changed = document
      for _ in 0..<3 {
        let index = Int.random(in: changed.indices, using: &generator)
        changed[index] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = try? ShippedReport(parsing: changed)
    }
  }
}

/// The document as a tree, read without the parser under test.
private func jsonTree(_ document: [UInt8]) throws -> JSONValue {
  var reader = JSONReader(document, document.indices)
  return try reader.value()
}
