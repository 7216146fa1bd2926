import Testing

/// A tool of the host that does not do what it should.
struct BrokenTool: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// The absolute path that the broken one is mounted over.
  var tool: String
  var script: String
  /// What the report must say of it, anywhere.
  var saying: String

  static let packetFilter: [BrokenTool] = [
    BrokenTool(
      testDescription: "hangs with a child, and both ignore SIGTERM", tool: "/usr/sbin/nft",
      script: "trap '' TERM; (while :; do sleep 1; done) & while :; do sleep 1; done",
      saying: "killed"),
    BrokenTool(
      testDescription: "floods its standard output", tool: "/usr/sbin/nft", script: "exec yes",
      saying: "bytes"),
    BrokenTool(
      testDescription: "floods its standard error", tool: "/usr/sbin/nft",
      script: "exec yes >&2", saying: "bytes"),
    BrokenTool(
      testDescription: "exits 7", tool: "/usr/sbin/nft",
      script: "echo 'netlink: cache initialization failed' >&2; exit 7", saying: "7"),
    BrokenTool(
      testDescription: "is ended by a signal", tool: "/usr/sbin/nft", script: "kill -SEGV $$",
      saying: "signal 11"),
    BrokenTool(
      testDescription: "prints half of its JSON", tool: "/usr/sbin/nft",
      script: #"echo '{"nftables": [{"metainfo": {"version": "1.0'"#, saying: "expected"),
  ]

  /// Mounts the broken tool over the real one, in the machine alone.
  var step: Step {
    .onMachine(
      """
      cat >"$1/tool" <<'END'
      #!/bin/sh
      \(script)
      END
      chmod 755 "$1/tool"
      mount --bind "$1/tool" \(tool)
      """)
  }
}

extension HostLane {
  @Suite("A host whose tools are broken")
  struct BrokenToolTests {
    /// The agent's own limit for this command is ten seconds; as much for all else on a busy machine.
    private static let bound = Duration.seconds(20)

    @Test(
      "is inspected all the same, and the packet filter is unknown",
      arguments: BrokenTool.packetFilter)
    func packetFilter(_ tool: BrokenTool) async throws {
      try await Lab.open { lab in
        try await lab.take(.nginx(listen: "0.0.0.0:80"))
        try await lab.take(tool.step)
        let inspection = try await lab.inspect(.http())
        let report = inspection.report
        let digest = Comment(rawValue: report.digest)
        #expect(inspection.finished.duration < Self.bound)
        #expect(inspection.finished.status == 3, digest)
        #expect(report.targets.first?.verdict == "unknown", digest)
        #expect(report.hop("packet-filter")?.verdict == "unknown", digest)
        #expect(report.hop("listening-socket")?.verdict == "pass", digest)
        #expect(report.hop("application")?.verdict == "pass", digest)
        #expect(report.findings("fail").isEmpty, digest)
        let said = report.sentences.filter { $0.contains("nft") }
        #expect(said.contains { $0.contains(tool.saying) }, "\(tool.saying) is expected in \(said)")
      }
    }

    @Test("a service manager that hangs costs no verdict")
    func serviceManager() async throws {
      let tool = BrokenTool(
        testDescription: "hangs", tool: "/usr/bin/systemctl", script: "exec sleep 1000", saying: "")
      try await Lab.open { lab in
        try await lab.take(.nginx(listen: "127.0.0.1:80"))
        try await lab.take(tool.step)
        let inspection = try await lab.inspect(.http())
        #expect(inspection.finished.duration < Self.bound)
        Expectation.fails("listening-socket.loopback-only").compare(with: inspection)
      }
    }
  }
}
