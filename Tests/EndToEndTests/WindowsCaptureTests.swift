import FoundationEssentials
import Testing

/// The binary on files of Windows hosts, against the whole reports that it must give.
@Suite("The agent on a Windows capture", .enabled(if: Agent.path != nil, "no clb-agent was built"))
struct WindowsCaptureTests {
  struct Capture: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var target = "http://10.0.8.5:80/"
    let status: Int32
  }

  static let captures = [
    Capture(testDescription: "healthy", status: 0),
    Capture(testDescription: "firewall-drops", target: "http://10.0.8.5:8080/", status: 2),
    Capture(testDescription: "some-sources", status: 1),
    Capture(testDescription: "loopback-only", target: "http://10.0.8.5:8080/", status: 2),
    Capture(testDescription: "other-address", status: 2),
    Capture(testDescription: "unreadable", status: 3),
    Capture(testDescription: "registry", status: 2),
  ]

  private static func directory(_ name: String) -> String {
    "\(Checkout.root)/Tests/Captures/windows/\(name)"
  }

  @Test("gives the whole report", arguments: captures)
  func wholeReport(_ capture: Capture) async throws {
    let run = try await Agent.run([
      "inspect", "--from", Self.directory(capture.testDescription), "--target", capture.target,
    ])
    #expect(run.status == capture.status)
    #expect(run.errors.isEmpty)
    let golden = Checkout.path("Tests/EndToEndTests/Golden/windows-\(capture.testDescription).text")
    let report = run.output
      .replacing(#/[0-9-]+T[0-9:]+Z/#, with: "2026-01-01T00:00:00Z")
      .replacing(#/took [0-9]+ ms/#, with: "took 0 ms")
    if Agent.isRecording {
      try Data(report.utf8).write(to: golden)
      Issue.record("recorded \(golden.path)")
      return
    }
    #expect(report == String(decoding: try Data(contentsOf: golden), as: UTF8.self))
  }

  @Test("says in JSON what runs on the host")
  func json() async throws {
    let run = try await Agent.run([
      "inspect", "--from", Self.directory("healthy"), "--format", "json",
    ])
    #expect(run.status == 0 && run.output.contains(#""operatingSystem" : "windows""#))
    #expect(run.output.contains(#""name" : "tcp://10.0.8.5:80""#))
  }

  @Test("refuses a directory without any file that it knows, and names those")
  func unknownDirectory() async throws {
    let run = try await Agent.run(["inspect", "--from", Checkout.root])
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains("netstat-ano.txt") && run.errors.split(separator: "\n").count == 1)
  }

  @Test("runs the checks that are asked for")
  func only() async throws {
    let run = try await Agent.run([
      "inspect", "--from", Self.directory("firewall-drops"), "--target", "tcp://:8080", "--only",
      "listening-socket",
    ])
    #expect(run.status == 0 && !run.output.contains("packet-filter"))
  }

  @Test("records no capture of one")
  func record() async throws {
    let run = try await Agent.run([
      "inspect", "--from", Self.directory("healthy"), "--record", "/tmp/never",
    ])
    #expect(run.status == 64 && run.errors.contains("--record"))
  }
}
