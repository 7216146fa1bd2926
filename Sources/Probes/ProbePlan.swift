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

  /// The health check as CLB makes it; `nil` for UDP, whose check is a ping.
  var check: ProbeRequest? {
    guard target.transport != .udp else { return nil }
    return ProbeRequest(
      address: target.address, port: target.port, usesTLS: target.transport == .https,
      http: target.transport.isHTTP ? httpRequest : nil,
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
    if wantsPatience(after: check) {
      steps.append(
        step(.patientRepeat, check) {
          $0.timeLimitMilliseconds += min(2 * $0.timeLimitMilliseconds, 10_000)
        })
    }
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
  private var httpRequest: ProbeRequest.HTTPRequest {
    let check = target.healthCheck
    return ProbeRequest.HTTPRequest(
      method: check.httpCheckMethod, version: check.httpVersion,
      host: check.httpCheckDomain ?? addressAsHost, path: check.httpCheckPath)
  }

  /// The address as a browser would name it: the port unless it is the scheme's own.
  private var addressAsHost: String {
    let ownPort: UInt16 = target.transport == .https ? 443 : 80
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
    case .connected, .refused, .systemError, .tlsFailed: false
    }
  }

  /// Plain HTTP was answered as TLS servers do: nginx with 400, others with an alert, or by hanging up.
  private func wantsTLS(after check: ProbeExchange) -> Bool {
    guard check.request.http != nil, !check.request.usesTLS else { return false }
    return switch check.outcome {
    case .response(let response): response.status == 400
    case .notHTTP: true
    case .reset(let stage, _), .closed(let stage, _): stage != .connecting
    case .connected, .refused, .timedOut, .systemError, .tlsFailed: false
    }
  }

  /// Somebody took the request and was silent: only more time tells a slow page from a dead one.
  private func wantsPatience(after check: ProbeExchange) -> Bool {
    guard case .timedOut(let stage, _) = check.outcome, check.request.http != nil else {
      return false
    }
    return stage == .awaitingStatus
  }

  /// The handshake did not end well.
  private func wantsPlain(after check: ProbeExchange) -> Bool {
    guard check.request.usesTLS else { return false }
    return switch check.outcome {
    case .tlsFailed: true
    case .reset(let stage, _), .closed(let stage, _), .timedOut(let stage, _):
      stage == .tlsHandshake
    case .connected, .refused, .systemError, .response, .notHTTP: false
    }
  }
}
