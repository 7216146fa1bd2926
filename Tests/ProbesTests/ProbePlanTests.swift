import Addressing
import LoadBalancer
import Testing

@testable import Probes

/// Which exchanges follow which outcome: a pure function.
@Suite struct ProbePlanTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String { "\(transport) \(method): \(outcome)" }
    var transport = TargetProtocol.http
    var method = HTTPCheckMethod.head
    var custom: CustomCheck?
    var outcome: ProbeOutcome
    var purposes: [ProbeExchange.Purpose]
  }

  private static func answer(_ status: Int) -> ProbeOutcome {
    .response(HTTPResponse(statusLine: "HTTP/1.1 \(status) Status", status: status))
  }

  private static let ping = CustomCheck(
    contextType: .text, send: Array("PING".utf8), receive: Array("PONG".utf8))

  private static func reply(_ match: ProbeReply.Match) -> ProbeOutcome {
    .replied(ProbeReply(bytes: [1], count: 1, match: match))
  }

  static let cases = [
    Case(outcome: .refused, purposes: []),
    Case(outcome: .systemError("ENETUNREACH: Network is unreachable"), purposes: []),
    Case(outcome: .timedOut(.connecting, bytes: 0), purposes: []),
    Case(
      outcome: .timedOut(.awaitingStatus, bytes: 0), purposes: [.getInsteadOfHead, .patientRepeat]),
    Case(
      method: .get, outcome: .timedOut(.awaitingStatus, bytes: 0), purposes: [.patientRepeat]),
    Case(
      outcome: .reset(.awaitingStatus, bytes: 0), purposes: [.getInsteadOfHead, .tlsInsteadOfPlain]),
    Case(
      outcome: .closed(.sendingRequest, bytes: 0),
      purposes: [.getInsteadOfHead, .tlsInsteadOfPlain]
    ),
    Case(outcome: .notHTTP([21]), purposes: [.getInsteadOfHead, .tlsInsteadOfPlain]),
    Case(method: .get, outcome: .notHTTP([21]), purposes: [.tlsInsteadOfPlain]),
    Case(outcome: answer(200), purposes: [.repeatedGet, .repeatedGet]),
    Case(outcome: answer(503), purposes: [.getInsteadOfHead]),
    Case(method: .get, outcome: answer(503), purposes: []),
    Case(outcome: answer(400), purposes: [.tlsInsteadOfPlain, .repeatedGet, .repeatedGet]),
    Case(transport: .https, outcome: answer(200), purposes: [.repeatedGet, .repeatedGet]),
    Case(transport: .https, outcome: .tlsFailed("alert"), purposes: [.plainInsteadOfTLS]),
    Case(
      transport: .https, outcome: .timedOut(.tlsHandshake, bytes: 0), purposes: [.plainInsteadOfTLS]
    ),
    Case(
      transport: .https, outcome: .closed(.tlsHandshake, bytes: 0), purposes: [.plainInsteadOfTLS]),
    Case(
      transport: .https, outcome: .timedOut(.awaitingStatus, bytes: 0),
      purposes: [.getInsteadOfHead, .patientRepeat]),
    Case(transport: .https, outcome: .refused, purposes: []),
    Case(transport: .tcp, outcome: .connected, purposes: []),
    Case(transport: .tcp, outcome: .reset(.connecting, bytes: 0), purposes: []),
    Case(
      transport: .tcp, custom: ping, outcome: .timedOut(.awaitingReply, bytes: 0),
      purposes: [.patientRepeat]),
    Case(transport: .tcp, custom: ping, outcome: reply(.differs), purposes: []),
    Case(transport: .tcp, custom: ping, outcome: .closed(.awaitingReply, bytes: 0), purposes: []),
    Case(transport: .udp, outcome: .echoReply, purposes: [.portBesidePing]),
    Case(
      transport: .udp, outcome: .timedOut(.awaitingReply, bytes: 0), purposes: [.portBesidePing]),
    Case(
      transport: .udp, custom: .portOnly, outcome: .timedOut(.awaitingReply, bytes: 0),
      purposes: [.pingBesidePort]),
    Case(
      transport: .udp, custom: ping, outcome: .timedOut(.awaitingReply, bytes: 0),
      purposes: [.patientRepeat, .pingBesidePort]),
    Case(transport: .udp, custom: ping, outcome: .refused, purposes: [.pingBesidePort]),
    Case(transport: .grpc, outcome: .grpc(GRPCResponse(status: 12)), purposes: []),
    Case(transport: .grpc, outcome: .notHTTP2([21]), purposes: [.tlsInsteadOfPlain]),
    Case(
      transport: .grpc, outcome: .closed(.awaitingReply, bytes: 0),
      purposes: [.tlsInsteadOfPlain, .http1InsteadOfGRPC]),
    Case(
      transport: .grpcs, outcome: .closed(.awaitingReply, bytes: 0), purposes: [.http1InsteadOfGRPC]
    ),
    Case(
      transport: .grpc, outcome: .timedOut(.awaitingReply, bytes: 30), purposes: [.patientRepeat]),
    Case(transport: .grpcs, outcome: .tlsFailed("alert"), purposes: [.plainInsteadOfTLS]),
    Case(transport: .grpcs, outcome: .notHTTP2([72]), purposes: []),
  ]

  @Test("explains", arguments: cases)
  func explanations(_ c: Case) {
    var target = target(c.transport, 80, c.method)
    target.healthCheck.custom = c.custom
    let plan = ProbePlan(target: target, canSpeakTLS: true)
    let check = ProbeExchange(
      purpose: .healthCheck, request: plan.check, outcome: c.outcome,
      timing: ProbeTiming(totalMicroseconds: 0))
    let steps = plan.explanations(of: check)
    #expect(steps.map(\.purpose) == c.purposes)
    #expect(steps.count <= 3)
    for step in steps {
      let isPatient = step.request.timeLimitMilliseconds > check.request.timeLimitMilliseconds
      #expect(isPatient == (step.purpose == .patientRepeat))
      switch step.purpose {
      case .patientRepeat: #expect(step.request.question == check.request.question)
      case .tlsInsteadOfPlain: #expect(step.request.usesTLS)
      case .plainInsteadOfTLS: #expect(!step.request.usesTLS)
      case .getInsteadOfHead, .repeatedGet: #expect(step.request.http?.method == .get)
      case .portBesidePing:
        #expect(
          step.request.question == .datagram(.init(send: Array("HEALTH CHECK".utf8), expected: [])))
      case .http1InsteadOfGRPC: #expect(step.request.http?.method == .get)
      case .pingBesidePort: #expect(step.request.question == .echo)
      case .healthCheck: Issue.record("the health check is made once")
      }
    }
  }

  @Test("tries no TLS where there is none")
  func noTLS() {
    let plan = ProbePlan(target: target(.http, 80, .get), canSpeakTLS: false)
    let check = ProbeExchange(
      purpose: .healthCheck, request: plan.check, outcome: .notHTTP([21]),
      timing: ProbeTiming(totalMicroseconds: 0))
    #expect(plan.explanations(of: check).isEmpty)
  }

  struct Host: CustomTestStringConvertible, Sendable {
    var testDescription: String { host }
    var transport = TargetProtocol.http
    var address = IPAddress.v4(0x0A00_0005)
    var port: UInt16 = 80
    var domain: String?
    var host: String
    var serverName: String?
  }

  @Test(
    "names the host",
    arguments: [
      Host(host: "10.0.0.5"),
      Host(port: 8080, host: "10.0.0.5:8080"),
      Host(transport: .https, port: 443, host: "10.0.0.5"),
      Host(transport: .https, port: 80, host: "10.0.0.5:80"),
      Host(address: .v6(1), host: "[::1]"),
      Host(address: .v6(1), port: 8080, host: "[::1]:8080"),
      Host(port: 8080, domain: "shop.example", host: "shop.example", serverName: "shop.example"),
      Host(domain: "shop.example:81", host: "shop.example:81", serverName: "shop.example"),
      Host(domain: "10.0.0.9", host: "10.0.0.9"),
      Host(domain: "", host: ""),
    ])
  func host(_ c: Host) {
    var target = target(c.transport, c.port)
    target.address = c.address
    target.healthCheck.httpCheckDomain = c.domain
    let request = ProbePlan(target: target, canSpeakTLS: true).check.http
    #expect(request?.host == c.host)
    #expect(request?.host.serverName == c.serverName)
  }

  @Test("settings cannot smuggle lines into the request")
  func smuggling() {
    let request = ProbeRequest.HTTPRequest(
      method: .get, version: .http10, host: "a\r\nX: y", path: "health \r\n\r\nGET /\u{7F}é")
    #expect(
      String(decoding: request.bytes, as: UTF8.self) == """
        GET /health%20%0D%0A%0D%0AGET%20/%7F%C3%A9 HTTP/1.0\r
        Host: aX:y\r
        User-Agent: clb-healthcheck\r
        Accept: */*\r
        Connection: close\r
        \r

        """)
  }

  @Test("takes any time limit without overflow", arguments: [Int.min, -1, 0, 2, Int.max])
  func timeLimit(seconds: Int) {
    var target = target(.tcp, 80)
    target.healthCheck.timeOut = seconds
    let limit = ProbePlan(target: target, canSpeakTLS: true).check.timeLimitMilliseconds
    #expect(limit == min(max(seconds, 0), 3600) * 1000)
  }
}
