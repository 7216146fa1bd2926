import Checker
import FoundationEssentials
import Testing

@testable import Reporting

@Suite("a report as JSON")
struct JSONReportTests {
  @Test("reads back as what was written", arguments: GoldenTests.samples)
  func roundTrip(_ sample: GoldenTests.Sample) throws {
    let document = JSONReport.render(sample.report)
    let decoded = try JSONDecoder().decode(WireReport.self, from: Data(document.utf8))
    #expect(decoded == WireReport(sample.report))
  }

  @Test("holds the host's words unchanged behind the escapes")
  func keepsHostText() throws {
    let document = JSONReport.render(SampleReports.hostile)
    let decoded = try JSONDecoder().decode(WireReport.self, from: Data(document.utf8))
    let text = SampleReports.hostileTexts.joined(separator: " ")
    // Compared as bytes: equal strings may differ in them.
    #expect(decoded.findings.first?.summary.utf8.elementsEqual(text.utf8) == true)
  }

  @Test("has nothing in it that moves a terminal", arguments: GoldenTests.samples)
  func isHarmless(_ sample: GoldenTests.Sample) {
    let hostile = JSONReport.render(sample.report).unicodeScalars.filter {
      $0 != "\n" && HostText.isHostile($0)
    }
    #expect(hostile.isEmpty)
  }

  @Test("ends with one line feed, and has no empty line", arguments: GoldenTests.samples)
  func lines(_ sample: GoldenTests.Sample) {
    let document = JSONReport.render(sample.report)
    #expect(document.hasSuffix("}\n"))
    #expect(!document.contains("\n\n"))
  }

  @Test("prints null where there is no cause")
  func nullCause() {
    let document = JSONReport.render(SampleReports.rich)
    #expect(document.contains(#""cause" : null"#))
    #expect(document.contains(#""cause" : "packet-filter.drops-probe""#))
  }
}
