import Addressing
import Checker
import LoadBalancer
import Testing

/// What a healthy host that CLB calls dead is told to look at.
struct Unseen: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// Words of each suspect, in the order of their likelihood.
  var suspects: [String]
  /// Where probes come from.
  var sources = ["100.64.0.0/10"]
  var change: @Sendable (inout Target) -> Void

  static let all: [Unseen] = [
    Unseen(
      testDescription: "probes from the VIP",
      suspects: [
        "let 203.0.113.20 come to port 80 (SourceIpType 0)", "network ACL", "public bandwidth",
        "older",
      ], sources: ["203.0.113.20"]
    ) { $0.healthCheck.sourceIPType = .virtualIP },
    Unseen(
      testDescription: "probes from the CLB's range",
      suspects: ["network ACL", "public bandwidth", "older", "another account's"]
    ) { $0.healthCheck.sourceIPType = .reservedRange },
    Unseen(
      testDescription: "nobody knows where from",
      suspects: ["if SourceIpType is 0", "network ACL", "public bandwidth", "older"]
    ) { $0.healthCheck.sourceIPType = nil },
    Unseen(
      testDescription: "allowed by default, and an internal CLB",
      suspects: ["network ACL", "older", "the CLB's own security group"]
    ) { target in
      target.healthCheck.sourceIPType = .virtualIP
      target.listener?.loadBalancer = LoadBalancerTraits(kind: .internal, passesToTargets: true)
    },
    Unseen(
      testDescription: "assumed parameters",
      suspects: [
        "if SourceIpType is 0", "nobody named HttpCode", "network ACL", "public bandwidth", "older",
      ]
    ) { $0.healthCheck.assumed = [.httpCode, .sourceIPType] },
  ]
}

@Suite("The state that CLB reports")
struct ConsoleComparisonTests {
  @Test("points outside a host that is well, the likeliest first", arguments: Unseen.all)
  func unseen(_ row: Unseen) async throws {
    let scenario = Scenario(
      row.testDescription, raises: [], .warn,
      host: { $0.sources = row.sources.compactMap { AddressPrefix(parsing: $0) } },
      target: { target in
        target.listener = .rule
        target.healthCheck.httpCheckDomain = "shop.example.com"
        target.reportedState = .dead
        row.change(&target)
      })
    let diagnosis = try await scenario.diagnose()
    let finding = try #require(
      diagnosis.findings.first { $0.id.rawValue == "health-check.console-disagrees" })
    let places = row.suspects.map { finding.summary.firstRange(of: $0)?.lowerBound }
    #expect(!places.contains(nil), "\(finding.summary)")
    #expect(places.compactMap(\.self).isSorted, "\(finding.summary)")
    #expect(finding.remedies.count == row.suspects.count)
    #expect(diagnosis.targets.first?.path.first { $0.hop == "health-check" }?.verdict == .warn)
  }

  @Test("is not compared where its finding or its hop is left out")
  func skipped() async throws {
    let scenario = Scenario(
      "skipped", raises: [], .pass,
      target: { target in
        target.listener = .rule
        target.healthCheck.httpCheckDomain = "shop.example.com"
        target.reportedState = .dead
      })
    for name in ["health-check", "health-check.console-disagrees"] {
      var skips = Skips()
      skips.add(name, reason: "somebody")
      let diagnosis = try await scenario.diagnose(by: Checker(skips: skips))
      #expect(diagnosis.verdict == .pass)
      #expect(diagnosis.findings.allSatisfy { $0.skip != nil })
    }
  }

  @Test("changes all wrong parameters of a check by one command, and takes them back by one")
  func oneCommand() async throws {
    let scenario = Scenario(
      "two wrong parameters", raises: [], .warn,
      target: { target in
        target.listener = .rule
        target.healthCheck.httpCheckDomain = "shop.example.com"
        target.healthCheck.timeOut = 5
        target.healthCheck.httpCode = HTTPCode(rawValue: 31)
      })
    let findings = try await scenario.diagnose().findings
    let remedies = Set(findings.flatMap(\.remedies))
    let remedy = try #require(remedies.first)
    #expect(remedies.count == 1)
    #expect(remedy.commands.count == 1 && remedy.undo.count == 1)
    #expect(remedy.commands[0].contains("--HealthCheck.TimeOut 2 "))
    #expect(remedy.commands[0].contains("--HealthCheck.HttpCode 7 "))
    #expect(remedy.undo[0].contains("--HealthCheck.TimeOut 5 "))
    #expect(remedy.verify?.contains("DescribeListeners --region ap-guangzhou") == true)
  }
}

extension [String.Index] {
  fileprivate var isSorted: Bool { zip(self, dropFirst()).allSatisfy(<) }
}
