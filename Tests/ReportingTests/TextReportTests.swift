import Checker
import Testing

@testable import Reporting

@Suite("a report as text")
struct TextReportTests {
  @Test("is at most 80 columns wide, and harmless", arguments: 1...150 as ClosedRange<UInt64>)
  func fits(seed: UInt64) {
    var source = RandomReport(seed: seed)
    let report = source.report()
    let text = TextReport.render(report, style: .plain)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let wide = lines.filter { DisplayWidth.columns(of: $0) > TextReport.columns }
    #expect(wide.isEmpty)
    #expect(!lines.joined().unicodeScalars.contains(where: HostText.isHostile))
    // The host cannot forge the line that scripts read.
    #expect(lines.filter { $0.hasPrefix("verdict:") }.count == 1)
    #expect(lines.suffix(2).first?.hasPrefix("verdict: ") == true)
  }

  @Test("in plain style is the coloured one without its escapes", arguments: GoldenTests.samples)
  func plain(_ sample: GoldenTests.Sample) {
    let plain = TextReport.render(sample.report, style: .plain)
    let coloured = TextReport.render(sample.report, style: .coloured)
    #expect(!plain.unicodeScalars.contains("\u{1b}"))
    #expect(coloured.unicodeScalars.contains("\u{1b}"))
    #expect(coloured.replacing(#/\e\[[0-9;]*m/#, with: "") == plain)
  }

  @Test("fits a terminal of 25 lines when one target is healthy")
  func healthyIsShort() {
    #expect(Self.lineCount(of: SampleReports.healthy) < 25)
    var wordy = SampleReports.healthy
    for index in wordy.diagnosis.targets[0].path.indices {
      wordy.diagnosis.targets[0].path[index].summary += String(repeating: " and more", count: 12)
    }
    #expect(Self.lineCount(of: wordy) < 25)
  }

  @Test(
    "says why there is no target, and how to name one",
    arguments: [
      TargetOrigin.named, .settings, .traffic, .listeningSockets,
    ])
  func noTargets(origin: TargetOrigin) {
    var report = SampleReports.minimal
    report.diagnosis.targetOrigin = origin
    let lines = TextReport.render(report, style: .plain).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("Targets: none. ") })
    #expect(lines.contains("  $ clb-agent inspect --target tcp://ADDRESS:PORT"))
  }

  @Test("tells how to name targets only where the agent chose them")
  func howToName() {
    for (origin, isChosen) in [
      (TargetOrigin.named, false), (.settings, false), (.traffic, true), (.listeningSockets, true),
    ] {
      var report = SampleReports.healthy
      report.diagnosis.targetOrigin = origin
      let text = TextReport.render(report, style: .plain)
      #expect(text.contains("$ clb-agent inspect --target http://10.0.0.5:80/health") == isChosen)
    }
  }

  @Test("cuts no sentence of a target that does not pass")
  func keepsSentences() {
    var report = SampleReports.healthy
    report.diagnosis.targets[0].verdict = .warn
    for index in report.diagnosis.targets[0].path.indices {
      report.diagnosis.targets[0].path[index].summary += String(repeating: " and more", count: 12)
    }
    #expect(!TextReport.render(report, style: .plain).contains("…"))
  }

  @Test("shows a finding of several targets once")
  func mergesTargets() {
    var report = SampleReports.rich
    var finding = SampleReports.acceptQueue
    finding.targets = [SampleReports.apiName]
    report.diagnosis.findings = [SampleReports.acceptQueue, finding]
    let text = TextReport.render(report, style: .plain)
    #expect(text.ranges(of: "WARN  accept-queue.nearly-full").count == 1)
    #expect(text.contains("targets: all 2"))
    #expect(text.ranges(of: "$ sysctl -w net.core.somaxconn=4096").count == 1)
  }

  @Test("cuts a line of evidence at 300 characters, and evidence at 12 lines")
  func cutsEvidence() {
    var report = SampleReports.healthy
    report.diagnosis.findings = [
      Finding(
        id: FindingID(rawValue: "nat.dead-destination"), layer: .layer4, severity: .warn,
        summary: "",
        evidence: [
          Evidence(source: "long", text: String(repeating: "Ω", count: 301)),
          Evidence(source: "many", text: (1...20).map { "line \($0)" }.joined(separator: "\n")),
        ])
    ]
    let text = TextReport.render(report, style: .plain)
    #expect(text.count { $0 == "Ω" } == 300)
    #expect(text.contains("| line 12\n      … and 8 more lines\n"))
  }

  @Test(
    "ends in the verdict and its exit status",
    arguments: [(Verdict.pass, 0), (.warn, 1), (.fail, 2), (.unknown, 3)] as [(Verdict, Int32)])
  func verdict(verdict: Verdict, status: Int32) {
    var report = SampleReports.minimal
    report.diagnosis.verdict = verdict
    #expect(verdict.exitStatus == status)
    let text = TextReport.render(report, style: .plain)
    let word = verdict.rawValue.uppercased()
    #expect(text.hasSuffix("\n\nverdict: \(word) (exit status \(status))\n"))
  }

  private static func lineCount(of report: Report) -> Int {
    TextReport.render(report, style: .plain).count { $0 == "\n" }
  }
}
