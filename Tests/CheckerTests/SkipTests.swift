import Checker
import LoadBalancer
import Probes
import Testing

@Suite("What is left out")
struct SkipTests {
  private static let crowded = Scenario("crowded", raises: [], .warn) {
    $0.files["/proc/sys/net/netfilter/nf_conntrack_count"] = "60000\n"
    $0.files["/proc/sys/net/netfilter/nf_conntrack_max"] = "65536\n"
  }

  private static func diagnose(_ scenario: Scenario, skipping names: String...) async throws
    -> Diagnosis
  {
    var skips = Skips()
    for name in names { skips.add(name, reason: "somebody") }
    return try await scenario.diagnose(by: Checker(skips: skips))
  }

  @Test("as a finding is told, and counts for nothing")
  func finding() async throws {
    let diagnosis = try await Self.diagnose(Self.crowded, skipping: "conntrack.nearly-full")
    #expect(diagnosis.verdict == .pass)
    let finding = try #require(diagnosis.findings.first)
    #expect(finding.id.rawValue == "conntrack.nearly-full" && finding.skip == "somebody")
    #expect(finding.severity == .info && finding.remedies.isEmpty && !finding.evidence.isEmpty)
    let hop = try #require(diagnosis.targets.first?.path.first { $0.hop == "conntrack" })
    #expect(hop.verdict == .unknown && hop.skip == "somebody")
    #expect(hop.summary.contains("60000 of 65536"))
  }

  @Test("as a finding that is not raised changes nothing")
  func findingNotRaised() async throws {
    let diagnosis = try await Self.diagnose(Self.crowded, skipping: "conntrack.table-full")
    #expect(diagnosis.verdict == .warn)
    #expect(diagnosis.findings.allSatisfy { $0.skip == nil })
    #expect(diagnosis.targets.first?.path.allSatisfy { $0.skip == nil } == true)
  }

  @Test("as a check is shown in its place")
  func check() async throws {
    let diagnosis = try await Self.diagnose(Self.crowded, skipping: "conntrack")
    #expect(diagnosis.verdict == .pass && diagnosis.findings.isEmpty)
    let path = try #require(diagnosis.targets.first?.path)
    #expect(path.map(\.hop).prefix(2) == ["address", "conntrack"])
    #expect(path[1].verdict == .unknown && path[1].skip == "somebody")
  }

  @Test("is no cause of anything behind it")
  func cause() async throws {
    let scenario = Scenario(
      "nothing listens", raises: [], .fail, outcome: .refused,
      host: { $0.sockets = [] })
    let diagnosis = try await Self.diagnose(scenario, skipping: "listening-socket.missing")
    let refused = try #require(diagnosis.findings.first { $0.id.rawValue == "application.refused" })
    #expect(refused.severity == .fail && refused.cause == nil)
  }

  @Test("as everything leaves nothing that is well")
  func everything() async throws {
    var skips = Skips()
    for check in Checker.allChecks { skips.add(check.declaration.name, reason: "somebody") }
    let diagnosis = try await Self.crowded.diagnose(by: Checker(skips: skips))
    #expect(diagnosis.verdict == .unknown && diagnosis.findings.isEmpty)
  }
}
