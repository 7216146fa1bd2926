internal import Addressing
internal import LoadBalancer

/// Which connections are made to one target: a pure function of the target and the check's outcome.
struct ProbePlan {
  let target: Target
  let canSpeakTLS: Bool

  struct Step: Hashable {
    var purpose: ProbeExchange.Purpose
    var request: ProbeRequest
  }

  /// The health check as CLB makes it.
  var check: ProbeRequest {
    ProbeRequest(
      address: target.address, port: target.port, usesTLS: target.transport.usesTLS,
      question: question,
      timeLimitMilliseconds: max(0, min(target.healthCheck.timeOut, 3600)) * 1000)
  }

  /// What is worth asking once the health check has ended this way, in order; at most three exchanges.
  func explanations(of check: ProbeExchange) -> [Step] {
    var steps: [Step] = []
    if wantsGet(after: check) {
      steps.append(step(.getInsteadOfHead, check) { $0.http?.method = .get })
    }
    if canSpeakTLS, wantsTLS(after: check) {
      steps.append(step(.tlsInsteadOfPlain, check) { $0.usesTLS = true })
    }
    if wantsPlain(after: check) {
      steps.append(step(.plainInsteadOfTLS, check) { $0.usesTLS = false })
    }
    if wantsHTTP1(after: check) {
      steps.append(step(.http1InsteadOfGRPC, check) { $0.question = .http(plainRequest) })
    }
    if wantsPatience(after: check) {
      steps.append(
        step(.patientRepeat, check) {
          $0.timeLimitMilliseconds += min(2 * $0.timeLimitMilliseconds, 10_000)
        })
    }
    if let beside = besides(check) { steps.append(beside) }
    if isHealthy(check.outcome) {
      let again = step(.repeatedGet, check) { $0.http?.method = .get }
      steps += [again, again]
    }
    return steps
  }

  private func step(
    _ purpose: ProbeExchange.Purpose, _ check: ProbeExchange,
    _ change: (inout ProbeRequest) -> Void
  ) -> Step {
    var request = check.request
    change(&request)
    return Step(purpose: purpose, request: request)
  }
}

extension ProbePlan {
  private var question: ProbeRequest.Question {
    let custom = target.healthCheck.custom
    switch target.transport {
    case .tcp: return custom.map { .bytes($0.request) } ?? .connection
    case .udp: return custom.map { .datagram($0.datagram) } ?? .echo
    case .http, .https: return .http(httpRequest)
    case .grpc, .grpcs: return .grpc(grpcRequest)
    }
  }

  /// `HttpCheckPath` is taken for the method, where it is set: no document says what CLB calls.
  private var grpcRequest: ProbeRequest.GRPCRequest {
    let check = target.healthCheck
    return ProbeRequest.GRPCRequest(
      authority: check.httpCheckDomain ?? addressAsHost, path: check.httpCheckPath)
  }

  /// What any server of HTTP/1 answers.
  private var plainRequest: ProbeRequest.HTTPRequest {
    ProbeRequest.HTTPRequest(method: .get, version: .http11, host: grpcRequest.authority, path: "/")
  }

  private var httpRequest: ProbeRequest.HTTPRequest {
    let check = target.healthCheck
    return ProbeRequest.HTTPRequest(
      method: check.httpCheckMethod, version: check.httpVersion,
      host: check.httpCheckDomain ?? addressAsHost, path: check.httpCheckPath)
  }

  /// The address as a browser would name it: the port unless it is the scheme's own.
  private var addressAsHost: String {
    let ownPort: UInt16 = target.transport.usesTLS ? 443 : 80
    let host = target.address.urlHost
    return target.port == ownPort ? host : "\(host):\(target.port)"
  }

  private func isHealthy(_ outcome: ProbeOutcome) -> Bool {
    guard case .response(let response) = outcome else { return false }
    return target.healthCheck.httpCode.accepts(status: response.status)
  }

  /// HEAD was sent and did not make the target healthy: some servers know only GET.
  private func wantsGet(after check: ProbeExchange) -> Bool {
    guard check.request.http?.method == .head else { return false }
    return switch check.outcome {
    case .response: !isHealthy(check.outcome)
    case .reset(let stage, _), .closed(let stage, _), .timedOut(let stage, _):
      stage == .sendingRequest || stage == .awaitingStatus
    case .notHTTP: true
    default: false
    }
  }

  /// Plain HTTP was answered as TLS servers do: nginx with 400, others with an alert, or by hanging up.
  private func wantsTLS(after check: ProbeExchange) -> Bool {
    guard target.transport.isHTTP || target.transport.isGRPC, !check.request.usesTLS else {
      return false
    }
    return switch check.outcome {
    case .response(let response): response.status == 400
    case .notHTTP, .notHTTP2, .http2Failed: true
    case .reset(let stage, _), .closed(let stage, _): stage != .connecting
    default: false
    }
  }

  /// Somebody took the request and was silent: only more time tells a slow service from a dead one.
  ///
  /// A datagram on which nothing need come back has had time enough.
  private func wantsPatience(after check: ProbeExchange) -> Bool {
    guard case .timedOut(let stage, _) = check.outcome else { return false }
    return switch check.request.question {
    case .connection, .echo: false
    case .datagram(let request): !request.expected.isEmpty
    case .http, .grpc, .bytes: stage == .awaitingStatus || stage == .awaitingReply
    }
  }

  /// The handshake did not end well, or what it carried was not understood.
  private func wantsPlain(after check: ProbeExchange) -> Bool {
    guard check.request.usesTLS else { return false }
    return switch check.outcome {
    case .tlsFailed: true
    case .reset(let stage, _), .closed(let stage, _), .timedOut(let stage, _):
      stage == .tlsHandshake
    default: false
    }
  }

  /// A gRPC call was ended without a byte: nginx, for one, does so where HTTP/2 is off.
  private func wantsHTTP1(after check: ProbeExchange) -> Bool {
    guard target.transport.isGRPC else { return false }
    return switch check.outcome {
    case .reset(let stage, bytes: 0), .closed(let stage, bytes: 0):
      stage == .sendingRequest || stage == .awaitingReply
    default: false
    }
  }

  /// The other half of a UDP check: documents differ on whether CLB pings, sends a datagram, or does both.
  private func besides(_ check: ProbeExchange) -> Step? {
    switch check.request.question {
    case .echo:
      step(.portBesidePing, check) { $0.question = .datagram(CustomCheck.portOnly.datagram) }
    case .datagram: step(.pingBesidePort, check) { $0.question = .echo }
    case .connection, .http, .grpc, .bytes: nil
    }
  }
}

extension CustomCheck {
  fileprivate var request: ProbeRequest.BytesRequest {
    ProbeRequest.BytesRequest(send: send, expected: receive)
  }

  /// What CLB puts into a datagram where the check names nothing is its own text.
  ///
  /// Source: https://www.tencentcloud.com/document/product/214/6097 .
  fileprivate var datagram: ProbeRequest.BytesRequest {
    ProbeRequest.BytesRequest(
      send: send.isEmpty ? Array("HEALTH CHECK".utf8) : send, expected: receive)
  }
}
