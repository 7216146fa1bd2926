import Addressing
import Testing

@testable import LoadBalancer

@Suite("What the real tccli prints")
struct RecordedTests {
  static let host = RealServer(addresses: [.v4(0x0A00_0805)])

  /// A target in one line: what is probed, how, from where, and what is assumed.
  static func line(_ target: Target) -> String {
    let assumed = HealthCheck.Parameter.allCases.filter(target.healthCheck.assumed.contains)
    return [
      target.name, target.checkType.rawValue, target.servicePort.map { "service \($0)" },
      target.sources.map(\.description).joined(separator: ","), target.reportedState?.rawValue,
      assumed.isEmpty ? nil : "assumed " + assumed.map(\.rawValue).joined(separator: ","),
    ].compactMap(\.self).joined(separator: " ")
  }

  static let lines = [
    "tcp://10.0.8.5:8443#lbl-tcp00001 TCP 100.64.0.0/10 Dead",
    "http://10.0.8.5:9001/ready#lbl-tcp00002 HTTP service 9000 203.0.113.20/32 Alive",
    "udp://10.0.8.5:53#lbl-udp00001 CUSTOM 100.64.0.0/10 Alive",
    "udp://10.0.8.5:514#lbl-udp00002 PING 100.64.0.0/10 Close",
    "tcp://10.0.8.5:10000#lbl-range001 TCP 100.64.0.0/10 Unknown",
    "http://10.0.8.5:8080/healthz#loc-0001aaaa HTTP 100.64.0.0/10 Dead assumed HttpVersion",
    "http://10.0.8.5:8080/status.php#loc-0002bbbb HTTP 100.64.0.0/10 Alive "
      + "assumed HttpCheckDomain,HttpVersion,SourceIpType",
    "https://10.0.8.5:8444/#loc-0003cccc HTTPS 100.64.0.0/10 Dead assumed HttpVersion",
    "grpc://10.0.8.5:50051#loc-0004dddd GRPC 100.64.0.0/10 Dead assumed HttpCheckDomain",
    "tcp://10.0.8.5:6443#lbl-ssl00001 TCP  Alive",
  ]

  @Test("gives this host's targets, and none of its neighbour's")
  func targets() throws {
    let cloud = try CloudDescription(Recorded.documents())
    let found = try cloud.targets(of: Self.host)
    // The order is the documents': health comes before the listeners of the inner load balancer.
    #expect(found.targets.map(Self.line).sorted() == Self.lines.sorted())
    #expect(cloud.accountType == .legacy)
    #expect(cloud.instance("ins-9z8y7x6w")?.publicBandwidthMegabits == 0)
    #expect(cloud.loadBalancer("lb-a1b2c3d4")?.kind == .open)
  }

  @Test("says what stays open")
  func notes() throws {
    let found = try CloudDescription(Recorded.documents()).targets(of: Self.host)
    let words = found.notes.map(\.description)
    #expect(words.count == 3)
    #expect(words.contains { $0.contains("lbl-group001") && $0.contains("lbtg-0a1b2c3d") })
    #expect(words.contains { $0.contains("lbl-range001") && $0.contains("up to 10010") })
    #expect(
      words.contains {
        $0.contains("lbl-ssl00001") && $0.contains("lb-e5f6a7b8.clb.example.test has none")
      })
  }

  @Test("keeps the parameters as they are")
  func parameters() throws {
    let found = try CloudDescription(Recorded.documents()).targets(of: Self.host)
    let byName = Dictionary(uniqueKeysWithValues: found.targets.map { ($0.name, $0) })
    let custom = try #require(byName["udp://10.0.8.5:53#lbl-udp00001"])
    #expect(
      custom.healthCheck.custom
        == CustomCheck(contextType: .hexadecimal, send: [0x0A, 0x1B], receive: [0x0A]))
    #expect(custom.healthCheck.timeOut == 3)
    let rule = try #require(byName["http://10.0.8.5:8080/healthz#loc-0001aaaa"])
    #expect(rule.healthCheck.httpCode == HTTPCode(rawValue: 15))
    #expect(rule.healthCheck.httpCheckMethod == .get)
    #expect(rule.listener?.loadBalancerID == "lb-a1b2c3d4")
    #expect(rule.listener?.region == "ap-guangzhou")
    #expect(rule.listener?.url == "/")
    #expect(byName["udp://10.0.8.5:514#lbl-udp00002"]?.healthCheck.isEnabled == false)
  }

  @Test("is enough from any part that names real servers", arguments: Recorded.names)
  func parts(_ name: String) throws {
    let cloud = try CloudDescription(Recorded.documents([name]))
    switch name {
    case "health.json", "reverse.json":
      let found = try cloud.targets(of: Self.host)
      #expect(found.targets.count == 10)
      #expect(found.targets.allSatisfy { $0.healthCheck.assumed.contains(.timeOut) })
      let isUnknown = found.notes.filter {
        if case .parametersUnknown = $0 { true } else { false }
      }
      #expect(isUnknown.count == 10)
    case "targets-edge.json": #expect(try cloud.targets(of: Self.host).targets.count == 9)
    case "targets-inner.json": #expect(try cloud.targets(of: Self.host).targets.count == 1)
    case "listeners-edge.json":
      #expect(try cloud.targets(of: Self.host).targets.isEmpty)
    default: #expect(throws: NotBehindListeners.self) { try cloud.targets(of: Self.host) }
    }
  }

  @Test("does not depend on the documents' order")
  func order() throws {
    let found = try CloudDescription(Recorded.documents().reversed()).targets(of: Self.host)
    #expect(Set(found.targets.map(Self.line)) == Set(Self.lines))
  }

  @Test("knows an instance by its id where its address is not this host's")
  func instance() throws {
    let cloud = try CloudDescription(Recorded.documents())
    let server = RealServer(addresses: [.v4(0x0A00_0909)], instanceIDs: ["ins-1a2b3c4d"])
    let found = try cloud.targets(of: server)
    #expect(found.targets.count == 10)
    #expect(found.targets.allSatisfy { $0.address == .v4(0x0A00_0806) })
  }

  @Test("tells whom the documents are about when it is not this host")
  func stranger() throws {
    let cloud = try CloudDescription(
      Recorded.documents(["targets-inner.json", "listeners-inner.json"]))
    #expect {
      try cloud.targets(of: RealServer(addresses: [.v4(0x0A00_0909)]))
    } throws: {
      "\($0)" == "no listener has this host (10.0.9.9) behind it; the documents name 10.0.8.5, "
        + "10.0.8.6, ins-1a2b3c4d, ins-9z8y7x6w"
    }
  }

  @Test("says where any probe may come from")
  func sources() throws {
    let cloud = try CloudDescription(Recorded.documents())
    #expect(cloud.probeSources.map(\.description) == ["100.64.0.0/10", "203.0.113.20/32"])
  }
}
