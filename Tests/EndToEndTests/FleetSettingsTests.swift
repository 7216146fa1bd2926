import FoundationEssentials
import Testing

@Suite("The settings of Docs/fleet", .enabled(if: Agent.path != nil, "no agent was built"))
struct FleetSettingsTests {
  @Test("bring reports to a real collector, and keep strangers out", .timeLimit(.minutes(3)))
  func run() async throws {
    let script = Checkout.path("scripts/fleet-try").path()
    let run = try await Agent.run(["--binary", Agent.path ?? ""], as: script)
    try #require(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("1 \"eventName\": \"clb.inspect.report\""))
    #expect(
      run.output.contains("kept out: no certificate 400, no token 401, too many of one host 429"))
  }
}
