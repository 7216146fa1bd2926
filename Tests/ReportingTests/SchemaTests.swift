import Checker
import FoundationEssentials
import LoadBalancer
import Reporting
import Testing

@Suite(
  "the published JSON Schema",
  .enabled(if: SchemaValidator.isAvailable, "needs python3 and its package jsonschema, 4 or later"))
struct SchemaTests {
  @Test("accepts every report, and names every member of it", arguments: GoldenTests.samples)
  func accepts(_ sample: GoldenTests.Sample) throws {
    let document = JSONReport.render(sample.report)
    #expect(try SchemaValidator.complaints(about: document) == [])
    #expect(try SchemaValidator.complaints(about: document, isClosed: true) == [])
  }

  @Test("accepts every word of the enumerations")
  func acceptsWords() throws {
    var report = SampleReports.rich
    report.diagnosis.findings = Layer.allCases.flatMap { layer in
      Severity.allCases.map { severity in
        Finding(
          id: FindingID(rawValue: "load.io-pressure"), layer: layer, severity: severity,
          summary: "")
      }
    }
    report.diagnosis.targets = Verdict.allCases.map { verdict in
      TargetDiagnosis(
        target: SampleReports.target(.tcp, port: 1), verdict: verdict,
        path: [HopDiagnosis(hop: "load", verdict: verdict, summary: "")])
    }
    #expect(try SchemaValidator.complaints(about: JSONReport.render(report)) == [])
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let good: String
    let bad: String
    let complaint: String
  }

  @Test(
    "refuses",
    arguments: [
      Fault(
        testDescription: "an illegal verdict", good: #""verdict" : "fail""#,
        bad: #""verdict" : "failed""#, complaint: "verdict: 'failed' is not one of"),
      Fault(
        testDescription: "an illegal severity", good: #""severity" : "warn""#,
        bad: #""severity" : "error""#, complaint: "'error' is not one of"),
      Fault(
        testDescription: "an id without a hop", good: #""id" : "load.io-pressure""#,
        bad: #""id" : "io-pressure""#, complaint: "'io-pressure' does not match"),
      Fault(
        testDescription: "another version", good: #""schemaVersion" : 1"#,
        bad: #""schemaVersion" : 2"#, complaint: "$.schemaVersion: 1 was expected"),
      Fault(
        testDescription: "a local time", good: "08:15:30.123Z", bad: "08:15:30.123+08:00",
        complaint: "$.takenAt: "),
      Fault(
        testDescription: "a missing member", good: #""disruptive" : false,"#, bad: "",
        complaint: "'disruptive' is a required property"),
      Fault(
        testDescription: "a number as text", good: #""port" : 80,"#, bad: #""port" : "80","#,
        complaint: "$.targets[0].port: '80' is not of type 'integer'"),
      Fault(
        testDescription: "HTTP parameters of a TCP target", good: #""httpCode" : null"#,
        bad: #""httpCode" : 15"#, complaint: "15 is not of type 'null'"),
    ])
  func refuses(_ fault: Fault) throws {
    let document = JSONReport.render(SampleReports.rich)
    let broken = document.replacing(fault.good, with: fault.bad)
    #expect(broken != document)
    let complaints = try SchemaValidator.complaints(about: broken)
    #expect(complaints.contains { $0.contains(fault.complaint) }, "\(complaints)")
  }

  @Test("is explained in Docs/report.md, member by member and word by word")
  func documented() throws {
    let page = try String(
      decoding: Data(
        contentsOf: SchemaValidator.schema.deletingLastPathComponent().appending(path: "report.md")),
      as: UTF8.self)
    let names = try SchemaValidator.namesAndWords()
    #expect(names.count > 60)
    for name in names { #expect(page.contains("`\(name)`"), "\(name) is not in report.md") }
  }
}
