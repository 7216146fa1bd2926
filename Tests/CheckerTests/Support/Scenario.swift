import Addressing
import Checker
import Collectors
import LoadBalancer
import Probes
import Testing

/// A host, a target and what the probes saw, with the findings that they must lead to.
struct Scenario: CustomTestStringConvertible, Sendable {
  var testDescription: String
  /// Finding ids in the report's order; information that comes along is left out.
  var raises: [String]
  var verdict: Verdict
  var host: FakeHost
  var transport: TargetProtocol
  var address: String
  var check: HealthCheck
  var exchanges: [ProbeExchange]?
  var cloud = CloudFacts.standard
  var transmitRates: TransmitRates?
  /// What documents of the CLB's listeners say besides.
  var changeTarget: @Sendable (inout Target) -> Void

  init(
    _ description: String, raises: [String], _ verdict: Verdict, transport: TargetProtocol = .http,
    address: String = "10.0.0.5", outcome: ProbeOutcome = .ok,
    more: [(ProbeExchange.Purpose, ProbeOutcome)] = [], isProbed: Bool = true,
    healthy: HTTPCode = .consoleDefault, custom: CustomCheck? = nil, answerMicroseconds: Int = 400,
    host changeHost: (inout FakeHost) -> Void = { _ in },
    target changeTarget: @escaping @Sendable (inout Target) -> Void = { _ in }
  ) {
    self.changeTarget = changeTarget
    testDescription = description
    self.raises = raises
    self.verdict = verdict
    self.transport = transport
    self.address = address
    var host = FakeHost()
    changeHost(&host)
    self.host = host
    var check = HealthCheck()
    check.assumed = []
    check.httpCode = healthy
    check.custom = custom
    self.check = check
    let all = [(.healthCheck, outcome)] + more
    exchanges =
      isProbed
      ? all.map {
        ProbeExchange.seen(
          $0.0, $0.1, transport, custom, statusMicroseconds: answerMicroseconds)
      } : nil
  }

  func diagnose(by checker: Checker = Checker()) async throws -> Diagnosis {
    var target = Target(
      transport: transport, address: try #require(IPAddress(parsing: address)), port: 80,
      sources: host.sources, healthCheck: check)
    // With one CLB only, whose name says enough.
    target.listener = cloud.loadBalancers.keys.first.map {
      ListenerReference(
        loadBalancerID: $0, listenerID: "lbl-1", locationID: "loc-1", listenerProtocol: .http,
        listenerPort: 80)
    }
    if target.listener != nil { target.healthCheck.httpCheckDomain = "shop.example.test" }
    changeTarget(&target)
    let (name, seen) = (target.name, exchanges)
    let probes = seen.map { [name: ProbeReport(target: name, exchanges: $0)] }
    return checker.diagnose(
      [target], origin: .named, facts: await host.facts(), probes: probes ?? [:],
      cloud: cloud, transmitRates: transmitRates)
  }
}

extension CloudFacts {
  /// An account that asks nothing of a real server.
  static let standard: CloudFacts = {
    var facts = CloudFacts()
    facts.accountType = CloudFact(.standard, from: "vpc DescribeNetworkAccountType")
    return facts
  }()
}

extension ProbeOutcome {
  /// A static page of nginx.
  static let ok = status(200)

  static func status(_ status: Int, _ fields: [(String, String)] = []) -> ProbeOutcome {
    .response(
      HTTPResponse(
        statusLine: "HTTP/1.1 \(status) Words", status: status,
        fields: fields.map { HTTPResponse.Field(name: $0.0, value: $0.1) }))
  }
}

extension ProbeExchange {
  /// An exchange with the fake host, all of it after 400 µs.
  static func seen(
    _ purpose: Purpose, _ outcome: ProbeOutcome, _ transport: TargetProtocol,
    _ custom: CustomCheck? = nil, statusMicroseconds: Int = 400
  ) -> ProbeExchange {
    let isGet = purpose == .getInsteadOfHead || purpose == .repeatedGet
    let http = ProbeRequest.HTTPRequest(
      method: isGet ? .get : .head, version: .http11, host: "10.0.0.5", path: "/")
    return ProbeExchange(
      purpose: purpose,
      request: ProbeRequest(
        address: .v4(0x0A00_0005), port: 80, usesTLS: transport.usesTLS,
        question: question(purpose, http, transport, custom), timeLimitMilliseconds: 2000),
      outcome: outcome,
      timing: ProbeTiming(
        connectedMicroseconds: transport == .udp ? nil : 100,
        tlsMicroseconds: purpose == .tlsInsteadOfPlain && outcome == .ok ? 200 : nil,
        statusMicroseconds: statusMicroseconds,
        totalMicroseconds: statusMicroseconds))
  }

  private static func question(
    _ purpose: Purpose, _ http: ProbeRequest.HTTPRequest, _ transport: TargetProtocol,
    _ custom: CustomCheck?
  ) -> ProbeRequest.Question {
    let bytes = ProbeRequest.BytesRequest(
      send: custom?.send ?? [1], expected: custom?.receive ?? [])
    switch transport {
    case .tcp: return custom == nil ? .connection : .bytes(bytes)
    case .udp:
      let isEcho = purpose == .pingBesidePort || purpose == .healthCheck && custom == nil
      return isEcho ? .echo : .datagram(bytes)
    case .http, .https: return .http(http)
    case .grpc, .grpcs: return .grpc(.init(authority: "10.0.0.5", path: "/"))
    }
  }
}
