import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

/// The binary on a capture of a real host, against the whole report that it must give.
///
/// `CLB_AGENT_RECORD_GOLDEN=1` writes the expected reports anew, and such a run fails.
@Suite("The agent on a capture", .enabled(if: Agent.path != nil, "no clb-agent was built"))
struct CaptureReportTests {
  @Test("gives the whole report", arguments: ["json", "text"])
  func wholeReport(format: String) async throws {
    try await Self.compare([], with: "web-1.\(format)")
  }

  @Test("gives the whole report of documents of the CLB's listeners", arguments: ["json", "text"])
  func withDocuments(format: String) async throws {
    let documents = "\(Checkout.root)/Tests/Captures/debian-12/web-1.listeners"
    try await Self.compare(["--listeners", documents], with: "web-1-listeners.\(format)")
  }

  private static func compare(_ options: [String], with name: String) async throws {
    let capture = "\(Checkout.root)/Tests/Captures/debian-12/web-1.capture"
    let format = name.hasSuffix(".json") ? "json" : "text"
    let run = try await Agent.run(["inspect", "--from", capture, "--format", format] + options)
    #expect(run.status == 2)
    #expect(run.errors.isEmpty)
    let golden = Checkout.path("Tests/EndToEndTests/Golden/\(name)")
    let report = Self.withoutTheRun(run.output)
    if Agent.isRecording {
      try Data(report.utf8).write(to: golden)
      Issue.record("recorded \(golden.path)")
      return
    }
    #expect(report == String(decoding: try Data(contentsOf: golden), as: UTF8.self))
  }

  @Test("explains every check that it lists")
  func explain() async throws {
    let index = try await Agent.run(["explain"])
    #expect(index.status == 0 && index.output.contains("listening-socket.ipv6-only"))
    let one = try await Agent.run(["explain", "listening-socket.ipv6-only"])
    #expect(one.status == 0 && one.output.contains("IPV6_V6ONLY"))
    let none = try await Agent.run(["explain", "listening-socket.nonsense"])
    #expect(none.status == 64 && none.errors.split(separator: "\n").count == 1)
  }

  @Test("reads a root of plain files, and says what it could not ask")
  func otherRoot() async throws {
    let root = "\(Checkout.root)/Tests/Captures/debian-12"
    let run = try await Agent.run([
      "inspect", "--root", root, "--no-probe", "--target", "tcp://10.0.0.5:80", "--format", "json",
    ])
    #expect(run.status == 3)
    #expect(run.output.contains("not asked, for another root is read"))
  }

  @Test("writes a report whole under its name, and nothing else")
  func outputFile() async throws {
    let directory = "/tmp/clb-agent-test-\(UInt32.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let capture = "\(Checkout.root)/Tests/Captures/debian-12/web-1.capture"
    let run = try await Agent.run([
      "inspect", "--from", capture, "--format", "json", "--output", "\(directory)/report.json",
    ])
    #expect(run.status == 2 && run.output.isEmpty && run.errors.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["report.json"])
    let refused = try await Agent.run(["inspect", "--output", "/nowhere/report.json"])
    #expect(refused.status == 64 && refused.errors.contains("/nowhere/report.json"))
  }

  /// The report without its id, time and duration, which differ from run to run.
  private static func withoutTheRun(_ report: String) -> String {
    report
      .replacing(#/"reportID" : "[^"]*"/#, with: #""reportID" : "…""#)
      .replacing(#/"durationMilliseconds" : [0-9]+/#, with: #""durationMilliseconds" : 0"#)
      .replacing(#/took [0-9]+ ms/#, with: "took 0 ms")
  }
}
