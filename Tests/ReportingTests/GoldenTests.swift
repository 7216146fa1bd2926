import Reporting
import Testing

@Suite("rendered reports match their golden files")
struct GoldenTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let report: Report
  }

  static let samples = [
    Sample(testDescription: "healthy", report: SampleReports.healthy),
    Sample(testDescription: "rich", report: SampleReports.rich),
    Sample(testDescription: "minimal", report: SampleReports.minimal),
    Sample(testDescription: "hostile", report: SampleReports.hostile),
  ]

  @Test("text", arguments: samples)
  func text(_ sample: Sample) throws {
    let text = TextReport.render(sample.report, style: .plain)
    try Golden.expect(text, equals: "\(sample.testDescription).txt")
  }

  @Test("JSON", arguments: samples)
  func json(_ sample: Sample) throws {
    try Golden.expect(JSONReport.render(sample.report), equals: "\(sample.testDescription).json")
  }

  @Test("text in colour")
  func coloured() throws {
    let text = TextReport.render(SampleReports.rich, style: .coloured)
    try Golden.expect(text, equals: "rich-coloured.txt")
  }

  @Test("are the same bytes each time", arguments: samples)
  func stable(_ sample: Sample) {
    let again = sample.report
    #expect(JSONReport.render(sample.report) == JSONReport.render(again))
    #expect(
      TextReport.render(sample.report, style: .coloured)
        == TextReport.render(again, style: .coloured))
  }
}
