import FoundationEssentials
import Testing

extension HostLane {
  /// The lab's prober is the cloud too: it has the metadata service's own address.
  @Suite("A host that is an instance of the cloud")
  struct CloudTests {
    private static let metadata = Step.start(
      Server(
        program: .python("metadata.py", ["ins-9z8y7x6w", "ap-guangzhou", "10.0.8.5"]),
        place: .prober))

    /// A listener with real servers by instance alone, and one of the same address elsewhere.
    private static let listeners = """
      {"Listeners": [{"ListenerId": "lbl-1", "Protocol": "TCP", "Port": 80,
        "HealthCheck": {"CheckType": "TCP", "TimeOut": 2, "IntervalTime": 5, "SourceIpType": 1},
        "Targets": [
          {"InstanceId": "ins-9z8y7x6w", "Port": 80},
          {"InstanceId": "ins-aaaaaaaa", "PrivateIpAddresses": ["10.0.0.5"], "Port": 81}]}]}
      """
    /// The document that says whose the listener is.
    private static let health = """
      {"LoadBalancers": [{"LoadBalancerId": "lb-1", "Listeners": [
        {"ListenerId": "lbl-1", "Protocol": "TCP", "Port": 80}]}]}
      """
    private static let loadBalancer = """
      {"LoadBalancerSet": [{"LoadBalancerId": "lb-1", "LoadBalancerType": "OPEN"}]}
      """
    private static let instances = """
      {"InstanceSet": [{"InstanceId": "ins-9z8y7x6w", "PrivateIpAddresses": ["10.0.0.5"],
        "InternetAccessible": {"InternetMaxBandwidthOut": 0}}]}
      """

    private func write(_ text: String, _ name: String, _ lab: Lab) throws -> String {
      let path = "\(lab.directory)/\(name)"
      try Data(text.utf8).write(to: URL(filePath: path))
      return path
    }

    private func inspect(_ lab: Lab, _ options: [String]) async throws -> (Inspection, String) {
      let finished = try await lab.runAgent(
        ["inspect", "--format", "json"] + options, asksMetadata: true)
      return (try Inspection(finished), finished.output)
    }

    @Test("knows it from the service's own address, and follows its own listeners")
    func instance() async throws {
      try await Lab.open { lab in
        try await lab.take(.nginx(listen: "0.0.0.0:80"))
        try await lab.take(Self.metadata)
        let documents = "\(lab.directory)/listeners"
        try FileManager.default.createDirectory(
          atPath: documents, withIntermediateDirectories: false)
        _ = try write(Self.listeners, "listeners/listeners.json", lab)
        _ = try write(Self.health, "listeners/health.json", lab)
        _ = try write(Self.loadBalancer, "listeners/load-balancer.json", lab)
        _ = try write(Self.instances, "listeners/instances.json", lab)
        _ = try write(
          "{\"NetworkAccountType\": \"LEGACY\"}", "listeners/account.json", lab)
        let capture = "\(lab.directory)/capture"
        let (inspection, output) = try await inspect(
          lab, ["--listeners", documents, "--record", capture])
        let digest = Comment(rawValue: inspection.report.digest)
        #expect(output.contains("\"instanceID\" : \"ins-9z8y7x6w\""), digest)
        #expect(inspection.report.targets.map(\.name) == ["tcp://10.0.0.5:80#lbl-1"], digest)
        let failed = inspection.report.findings("fail")
        #expect(failed.map(\.id) == ["bandwidth.none-on-traditional-account"], digest)
        #expect(
          failed.first?.remedies.first?.commands.first?.hasPrefix(
            "tccli cvm ResetInstancesInternetMaxBandwidth --region ap-guangzhou ") == true, digest)
        let later = try await Agent.runAlone(["inspect", "--from", capture, "--format", "json"])
        #expect(later.status == 2 && later.output.contains("\"instanceID\" : \"ins-9z8y7x6w\""))
        let replayed = try AgentReport(parsing: later.output)
        #expect(replayed.digest == inspection.report.digest)
      }
    }

    @Test("is none where nobody answers at that address, and nothing is said of it")
    func silent() async throws {
      try await Lab.open { lab in
        try await lab.take(.nginx(listen: "0.0.0.0:80"))
        // The gateway is no router, and drops it without a word.
        let (inspection, output) = try await inspect(lab, ["--target", "tcp://10.0.0.5:80"])
        #expect(inspection.finished.status == 0)
        #expect(inspection.finished.errors.isEmpty && inspection.report.missing?.isEmpty == true)
        #expect(output.contains("\"instanceID\" : null"))
      }
    }

    @Test("sends as much as its public bandwidth lets through", arguments: [(6, true), (1, false)])
    func saturated(_ megabits: Int, _ isSaturated: Bool) async throws {
      try await Lab.open { lab in
        try await lab.take(.nginx(listen: "0.0.0.0:80"))
        try await lab.take(
          .start(
            Server(program: .python("send.py", ["10.0.0.1", "\(megabits)"]), place: .machine)))
        let settings = try write(
          "account: {networkAccountType: LEGACY, publicBandwidth: 4}\n", "config.yaml", lab)
        let inspection = try await lab.inspect([
          "--target", "tcp://10.0.0.5:80", "--config", settings,
        ])
        let digest = Comment(rawValue: inspection.report.digest)
        #expect(inspection.report.verdict == (isSaturated ? "warn" : "pass"), digest)
        let found = inspection.report.findings("warn")
        #expect(found.map(\.id) == (isSaturated ? ["bandwidth.saturated"] : []), digest)
        #expect(
          inspection.report.hop("bandwidth")?.summary.contains("4 Mbit/s of public bandwidth")
            == true, digest)
      }
    }
  }
}
