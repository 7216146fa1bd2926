import FoundationEssentials
import Testing

extension HostLane {
  @Suite("The agent's privileges")
  struct PrivilegeTests {
    /// One thread of a process that holds a connection, as `holder.py` prints it.
    private struct Holder: Decodable {
      var process: Int
      var thread: Int
      var effectiveCapabilities: String
      var permittedCapabilities: String
      var noNewPrivileges: String
    }

    @Test(
      "are gone from every process that talks to the network, while it does",
      arguments: ["http://10.0.0.5:80/health", "https://10.0.0.5:80/health"])
    func whileProbing(_ target: String) async throws {
      try await Lab.open { lab in
        try await lab.take(.tcp("slow"))
        let agent = try #require(Agent.built)
        let name = agent.path.split(separator: "/").last.map(String.init) ?? ""
        // The server takes three seconds; what comes of it is of no interest here.
        async let run = lab.runAgent(
          ["inspect"] + HealthCheckOptions(target, seconds: 5).agentArguments, secondsLimit: 4)
        let output = try await succeed(lab.machine.entering(lab.python("holder.py", ["80", name])))
        let holders = try JSONDecoder().decode([Holder].self, from: Data(output.utf8))
        #expect(!holders.isEmpty)
        for holder in holders {
          #expect(UInt64(holder.effectiveCapabilities, radix: 16) == 0, "\(holder)")
          #expect(UInt64(holder.permittedCapabilities, radix: 16) == 0, "\(holder)")
          #expect(holder.noNewPrivileges == "1", "\(holder)")
        }
        _ = try await run
      }
    }

    @Test("may be none at all: it runs, and names what it would need")
    func unprivileged() async throws {
      let agent = try #require(Agent.built)
      try await Lab.open { lab in
        try await lab.take(.nginx(listen: "0.0.0.0:80"))
        // The build directory may be closed to other users; a mount of the file is not.
        try await lab.take(
          .onMachine("touch \"$1/clb-agent\"; mount --bind '\(agent.path)' \"$1/clb-agent\""))
        let nobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        let finished = try await finish(
          lab.machine.entering(
            nobody + ["\(lab.directory)/clb-agent", "inspect", "--format", "json"]
              + HealthCheckOptions.http().agentArguments))
        let report = try Inspection(finished).report
        let digest = Comment(rawValue: report.digest)
        #expect(report.findings("fail").isEmpty, digest)
        #expect(report.hop("listening-socket")?.verdict == "pass", digest)
        #expect(report.hop("application")?.verdict == "pass", digest)
        let missing = try #require(report.missing)
        #expect(missing.contains { $0.contains("CAP_") }, "\(missing)")
      }
    }
  }
}
