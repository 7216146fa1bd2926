import Testing

extension HostLane {
  @Suite("The targets of an inspection")
  struct TargetTests {
    @Test("are judged apart")
    func several() async throws {
      try await Lab.open { lab in
        try await lab.take(.nginx(listen: "0.0.0.0:80", "127.0.0.1:8080"))
        let targets = ["http://10.0.0.5:80/health", "tcp://10.0.0.5:8080"]
        let inspection = try await lab.inspect(targets.flatMap { ["--target", $0] })
        let report = inspection.report
        let digest = Comment(rawValue: report.digest)
        #expect(inspection.finished.status == 2, digest)
        #expect(report.targets.map(\.name) == targets, digest)
        #expect(report.targets.map(\.verdict) == ["pass", "fail"], digest)
        #expect(report.findings("fail").map(\.id) == ["listening-socket.loopback-only"], digest)
        #expect(report.findings("fail").first?.targets == ["tcp://10.0.0.5:8080"], digest)
      }
    }

    @Test("are, when none is named, the ports that the CLB's range talks to")
    func learnedFromTraffic() async throws {
      try await Lab.open { lab in
        try await lab.take(.nginx(listen: "0.0.0.0:80", "0.0.0.0:8080"))
        try await lab.take(.connection(to: 8080))
        let report = try await lab.inspect([]).report
        let digest = Comment(rawValue: report.digest)
        #expect(report.targetOrigin == "traffic", digest)
        #expect(report.targets.map(\.name) == ["tcp://10.0.0.5:8080"], digest)
        #expect(report.verdict == "pass", digest)
      }
    }

    @Test("are, when nobody talks to the host either, the sockets reachable from outside")
    func learnedFromSockets() async throws {
      try await Lab.open { lab in
        try await lab.take(.nginx(listen: "0.0.0.0:80", "127.0.0.1:8080"))
        let report = try await lab.inspect([]).report
        let digest = Comment(rawValue: report.digest)
        #expect(report.targetOrigin == "listeningSockets", digest)
        #expect(report.targets.map(\.name) == ["tcp://10.0.0.5:80"], digest)
        #expect(report.verdict == "pass", digest)
      }
    }
  }
}
