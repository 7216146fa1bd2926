import Probes

extension ProbeOutcome {
  /// Why a request had no answer, for a message: `refused the connection`.
  func reason(isSecure: Bool) -> String {
    switch self {
    case .refused: "refused the connection (ECONNREFUSED)"
    case .timedOut(let stage, _): "no answer within the time limit, \(stage.words)"
    case .reset(let stage, _): "reset the connection, \(stage.words)"
    case .closed(let stage, _):
      "closed the connection without an answer, \(stage.words)"
        + (isSecure || stage == .connecting ? "" : "; does it want https?")
    case .systemError(let error): error
    case .tlsFailed(let reason): "TLS: \(reason)"
    case .notHTTP(let bytes): "the answer is not HTTP: \(bytes.shown)"
    case .response(let response): "answered \(response.status)"
    case .connected, .replied, .echoReply, .grpc, .notHTTP2, .http2Failed:
      "the answer is not HTTP"
    }
  }
}

extension ProbeStage {
  fileprivate var words: String {
    switch self {
    case .connecting: "while connecting"
    case .tlsHandshake: "in the TLS handshake"
    case .sendingRequest: "while the request was sent"
    case .awaitingStatus, .awaitingReply: "while waiting for the answer"
    }
  }
}
