import FoundationEssentials
import Testing

extension HostLane {
  @Suite("A capture of a host")
  struct CaptureTests {
    /// Hosts of the tables above that between them use every probe and every kind of reading.
    private static let hosts: [Case] = [.otherPort, .fullAcceptQueue, .headRefused, .selfSigned]

    @Test("gives, on another host and later, the report that the run itself gave", arguments: hosts)
    func replay(_ row: Case) async throws {
      try await Lab.open { lab in
        for step in row.steps { try await lab.take(step) }
        let file = "\(lab.directory)/capture"
        let live = try await lab.inspect(row.check, ["--record", file])
        row.expected.compare(with: live)
        let later = try await Agent.runAlone(["inspect", "--from", file, "--format", "json"])
        #expect(later.status == live.finished.status)
        #expect(
          try Self.comparable(later.output) == Self.comparable(live.finished.output),
          "live:\n\(live.finished.output)\nlater:\n\(later.output)\n\(later.errors)")
      }
    }

    @Test("that was cut off never reads as healthy", arguments: [0, 0.01, 0.2, 0.5, 0.8, 0.999])
    func truncated(_ share: Double) async throws {
      try await withCapture { bytes, file in
        let kept = min(Int(Double(bytes.count) * share), bytes.count - 2)
        let finished = try await inspect(Array(bytes.prefix(kept)), file)
        #expect([3, 64].contains(finished.status), "\(finished.output)\(finished.errors)")
        try expectOneLine(of: finished, saying: "capture")
      }
    }

    @Test("by a newer agent is refused, with both versions named")
    func newer() async throws {
      try await withCapture { bytes, file in
        let text = String(decoding: bytes, as: UTF8.self)
        let version = try #require(text.firstRange(of: #""version":1"#))
        let newer = text[..<version.lowerBound] + #""version":99"# + text[version.upperBound...]
        let finished = try await inspect(Array(newer.utf8), file)
        #expect([3, 64].contains(finished.status))
        #expect(finished.output == "")
        #expect(finished.errorLines.count == 1, "\(finished.errors)")
        #expect(finished.errors.contains("99"), "\(finished.errors)")
      }
    }

    @Test("made by capture alone names the fault too")
    func captureCommand() async throws {
      try await Lab.open { lab in
        try await lab.take(.nginx(listen: "127.0.0.1:80"))
        let file = "\(lab.directory)/capture"
        let made = try await lab.runAgent(["capture", "--output", file] + Self.check)
        #expect(made.status == 0, "\(made.errors)")
        let read = try await Agent.runAlone(["inspect", "--from", file, "--format", "json"])
        Expectation.fails("listening-socket.loopback-only").compare(with: try Inspection(read))
      }
    }

    private static let check = HealthCheckOptions.http().agentArguments

    /// Hands out the bytes of a healthy host's capture, and a path to write others to.
    private func withCapture(
      _ body: @Sendable (_ bytes: [UInt8], _ file: String) async throws -> Void
    ) async throws {
      try await Lab.open { lab in
        try await lab.take(.nginx(listen: "0.0.0.0:80"))
        let file = "\(lab.directory)/capture"
        let made = try await lab.runAgent(["capture", "--output", file] + Self.check)
        try #require(made.status == 0, "\(made.errors)")
        let bytes = Array(try Data(contentsOf: URL(filePath: file)))
        try #require(bytes.count > 100)
        try await body(bytes, "\(lab.directory)/other")
      }
    }

    private func inspect(_ bytes: [UInt8], _ file: String) async throws -> Finished {
      try Data(bytes).write(to: URL(filePath: file))
      return try await Agent.runAlone(["inspect", "--from", file, "--format", "json"])
    }

    /// One line on standard error, or one sentence of the report, says it.
    private func expectOneLine(of finished: Finished, saying words: String) throws {
      let missing = finished.output.isEmpty ? [] : try AgentReport(parsing: finished.output).missing
      let sentences = finished.errorLines.map(String.init) + (missing ?? [])
      #expect(finished.errorLines.count <= 1, "\(finished.errors)")
      #expect(sentences.contains { $0.contains(words) }, "\(sentences)")
    }

    /// What two runs on the same facts must agree on.
    private static func comparable(_ report: String) throws -> JSONValue {
      try JSONValue(parsing: report).without("reportID", "takenAt", "durationMilliseconds")
    }
  }
}
