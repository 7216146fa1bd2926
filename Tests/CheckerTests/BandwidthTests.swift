import Checker
import Collectors
import LoadBalancer
import Testing

@Suite("Public bandwidth")
struct BandwidthTests {
  private static func diagnose(_ description: String) async throws -> Diagnosis {
    let scenario = try #require(
      Scenario.bandwidth.first { $0.testDescription == description })
    return try await scenario.diagnose()
  }

  @Test("that is missing is bought by a command for this very instance, and given back")
  func remedy() async throws {
    let diagnosis = try await Self.diagnose("public CLB, traditional account without bandwidth")
    let finding = try #require(diagnosis.findings.first)
    #expect(finding.layer == .bandwidth)
    #expect(
      finding.evidence.map(\.text) == [
        "NetworkAccountType LEGACY", "ins-9z8y7x6w InternetMaxBandwidthOut 0",
        "lb-a1b2c3d4 LoadBalancerType OPEN",
      ])
    let raise = try #require(finding.remedies.first)
    let command =
      "tccli cvm ResetInstancesInternetMaxBandwidth --region ap-guangzhou "
      + "--InstanceIds '[\"ins-9z8y7x6w\"]' --InternetAccessible "
    #expect(raise.commands == [command + "'{\"InternetMaxBandwidthOut\": 10}'"])
    #expect(raise.undo == [command + "'{\"InternetMaxBandwidthOut\": 0}'"])
    #expect(raise.persistence == .permanent && raise.summary.contains("costs money"))
    #expect(raise.verify?.hasPrefix("tccli cvm DescribeInstances --region ap-guangzhou ") == true)
    #expect(finding.remedies.last?.commands == [])
  }

  @Test("that is missing is no consequence of another fault, nor its cause")
  func independent() async throws {
    let diagnosis = try await Self.diagnose("the same, and nothing listens either: two causes")
    let refused = try #require(diagnosis.findings.first { $0.id.rawValue == "application.refused" })
    #expect(refused.cause?.rawValue == "listening-socket.missing")
    #expect(diagnosis.findings.filter { $0.severity == .fail }.allSatisfy { $0.cause == nil })
  }

  @Test("of which nothing is known is told with the command that tells, and is no hop")
  func untold() async throws {
    let diagnosis = try await Self.diagnose("nothing is known")
    let finding = try #require(diagnosis.findings.first)
    #expect(finding.id.rawValue == "bandwidth.account-type-unknown" && finding.severity == .info)
    #expect(finding.summary.contains("tccli vpc DescribeNetworkAccountType"))
    #expect(diagnosis.targets.first?.path.contains { $0.hop == "bandwidth" } == false)
  }

  @Test("of an unknown account is asked for in documents where the CLB is public")
  func question() async throws {
    let diagnosis = try await Self.diagnose("a public CLB, an account of unknown type")
    #expect(
      diagnosis.findings.first?.remedies.first?.commands.first
        == "tccli vpc DescribeNetworkAccountType")
    let hop = diagnosis.targets.first?.path.last
    #expect(hop?.hop == "bandwidth" && hop?.verdict == .unknown)
  }

  @Test("is measured as an upper bound, by the interface that answers leave by")
  func measured() async throws {
    let full = try await Self.diagnose("nine tenths of the bandwidth in use")
    let finding = try #require(full.findings.first)
    #expect(finding.summary.hasPrefix("eth0 sends 9.0 Mbit/s, and ins-9z8y7x6w has 10 Mbit/s"))
    #expect(finding.evidence.first?.text == "eth0 sent 9.0 Mbit/s during 1000 ms")
    let free = try await Self.diagnose("less than nine tenths of it")
    #expect(
      free.targets.first?.path.last?.summary
        == "ins-9z8y7x6w has 10 Mbit/s of public bandwidth, of which at most 8.0 Mbit/s is in use")
    let unsure = try await Self.diagnose("the same with a full line, which may not matter")
    #expect(unsure.findings.map(\.id.rawValue) == ["bandwidth.saturated"])
  }

  @Test(
    "behind an IPv6 address is the CLB's own",
    arguments: [("fd00:5::5", true), ("10.0.0.5", false)])
  func ipv6(_ address: String, _ isEnough: Bool) async throws {
    var scenario = Scenario("traditional", raises: [], .pass, address: address)
    scenario.cloud.accountType = CloudFact(.legacy, from: "a")
    scenario.cloud.publicBandwidthMegabits = CloudFact(0, from: "b")
    let hop = try #require(try await scenario.diagnose().targets.first?.path.last)
    #expect(hop.hop == "bandwidth" && hop.verdict == (isEnough ? .pass : .warn))
  }
}
