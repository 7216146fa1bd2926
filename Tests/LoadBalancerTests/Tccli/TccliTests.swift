import Addressing
import Foundation
import JSONText
import Testing

@testable import LoadBalancer

@Suite("The real tccli", .enabled(if: RealTccli.python != nil, RealTccli.isMissing))
struct TccliTests {
  @Test("prints today what was recorded, and the importer reads it")
  func prints() async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "tccli-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    _ = try await RealTccli.replay(["record", directory.path()])
    let documents = Recorded.names.map { Recorded.document($0, in: directory.path()) }
    for document in documents {
      #expect(document == Recorded.document(document.name), "\(document.name) drifted")
    }
    let found = try CloudDescription(documents).targets(of: RecordedTests.host)
    #expect(found.targets.map(RecordedTests.line).sorted() == RecordedTests.lines.sorted())
  }

  /// Changes of a recorded target, and the members of the request's `HealthCheck` that follow.
  struct Change: Sendable, CustomTestStringConvertible {
    var target: String
    var changes: [HealthCheck.Parameter: String]
    var action: String
    var members: [String: JSONValue]

    var testDescription: String { target }
  }

  @Test(
    "sends what the command says, through a shell",
    arguments: [
      Change(
        target: "tcp://10.0.8.5:8443#lbl-tcp00001", changes: [.timeOut: "3", .checkPort: "-1"],
        action: "ModifyListener",
        members: [
          "HealthSwitch": .integer(1), "CheckType": .string("TCP"), "TimeOut": .integer(3),
          "IntervalTime": .integer(5), "HealthNum": .integer(3), "UnHealthNum": .integer(3),
          "CheckPort": .integer(-1), "SourceIpType": .integer(1),
        ]),
      Change(
        target: "http://10.0.8.5:8080/healthz#loc-0001aaaa",
        changes: [.httpCheckPath: "/it's?a=$HOME;`id`", .httpCode: "6"], action: "ModifyRule",
        members: [
          "HealthSwitch": .integer(1), "CheckType": .string("HTTP"), "TimeOut": .integer(2),
          "IntervalTime": .integer(5), "HealthNum": .integer(3), "UnHealthNum": .integer(3),
          "HttpCode": .integer(6), "HttpCheckPath": .string("/it's?a=$HOME;`id`"),
          "HttpCheckDomain": .string("shop.example.test"), "HttpCheckMethod": .string("GET"),
          "SourceIpType": .integer(1),
        ]),
      Change(
        target: "udp://10.0.8.5:53#lbl-udp00001", changes: [.sendContext: "-5"],
        action: "ModifyListener",
        members: [
          "HealthSwitch": .integer(1), "CheckType": .string("CUSTOM"), "TimeOut": .integer(3),
          "IntervalTime": .integer(5), "HealthNum": .integer(3), "UnHealthNum": .integer(3),
          "ContextType": .string("HEX"), "SendContext": .string("-5"), "RecvContext": .string("0A"),
          "SourceIpType": .integer(1),
        ]),
      Change(
        target: "grpc://10.0.8.5:50051#loc-0004dddd", changes: [:], action: "ModifyRule",
        members: [
          "HealthSwitch": .integer(1), "CheckType": .string("GRPC"), "TimeOut": .integer(2),
          "IntervalTime": .integer(5), "HealthNum": .integer(3), "UnHealthNum": .integer(3),
          "HttpCheckPath": .string("/"), "ExtendedCode": .string("0,12"),
          "SourceIpType": .integer(1),
        ]),
    ])
  func commands(_ change: Change) async throws {
    let found = try CloudDescription(Recorded.documents()).targets(of: RecordedTests.host)
    let target = try #require(found.targets.first { $0.name == change.target })
    let command = try #require(TccliCommand(target, setting: change.changes))
    // A shell takes the text apart again, so that its quoting is proven too.
    let words = try await Shell.words(of: command.shellText)
    #expect(words == command.words)
    let answer = try await RealTccli.replay(["request"] + words.dropFirst())
    let bytes = Array(answer.utf8)
    var reader = JSONReader(bytes, bytes.indices)
    let request = try reader.value()
    #expect(request["action"]?.string == change.action)
    #expect(request["region"]?.string == "ap-guangzhou")
    let body = try #require(request["body"])
    #expect(body["LoadBalancerId"]?.string == "lb-a1b2c3d4")
    #expect(body["ListenerId"]?.string == target.listener?.listenerID)
    #expect(body["LocationId"]?.string == target.listener?.locationID)
    guard case .object(let members)? = body["HealthCheck"] else {
      Issue.record("no HealthCheck")
      return
    }
    #expect(
      Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }) == change.members)
  }

  /// A command of an instance, and what the API gets of it.
  struct InstanceCommand: Sendable, CustomTestStringConvertible {
    var command: TccliCommand
    var action: String
    var region: String
    var bandwidth: JSONValue?

    var testDescription: String { command.shellText }
  }

  @Test(
    "sends what commands of an instance say, to the region that they name or the one of its own",
    arguments: [
      InstanceCommand(
        command: TccliCommand(
          settingPublicBandwidth: 10, of: "ins-9z8y7x6w", region: "ap-shanghai"),
        action: "ResetInstancesInternetMaxBandwidth", region: "ap-shanghai",
        bandwidth: .integer(10)),
      InstanceCommand(
        command: TccliCommand(settingPublicBandwidth: 0, of: "ins-9z8y7x6w", region: nil),
        action: "ResetInstancesInternetMaxBandwidth", region: "ap-guangzhou",
        bandwidth: .integer(0)),
      InstanceCommand(
        command: TccliCommand(describing: "ins-9z8y7x6w", region: "ap-shanghai"),
        action: "DescribeInstances", region: "ap-shanghai"),
    ])
  func instances(_ row: InstanceCommand) async throws {
    let words = try await Shell.words(of: row.command.shellText)
    #expect(words == row.command.words)
    let bytes = Array(try await RealTccli.replay(["request"] + words.dropFirst()).utf8)
    var reader = JSONReader(bytes, bytes.indices)
    let request = try reader.value()
    #expect(request["action"]?.string == row.action)
    #expect(request["region"]?.string == row.region)
    #expect(request["body"]?["InstanceIds"] == .array([.string("ins-9z8y7x6w")]))
    #expect(request["body"]?["InternetAccessible"]?["InternetMaxBandwidthOut"] == row.bandwidth)
  }

  @Test("has no command where the load balancer is not known")
  func nameless() throws {
    let text =
      #"{"Listeners": [{"ListenerId": "lbl-1", "Protocol": "TCP", "Port": 1, "#
      + #""Targets": [{"PrivateIp": "10.0.8.5", "Port": 1}]}]}"#
    let target = try #require(
      try CloudDescription([.init(text)]).targets(of: RecordedTests.host).targets.first)
    #expect(TccliCommand(target, setting: [.timeOut: "2"]) == nil)
  }
}
