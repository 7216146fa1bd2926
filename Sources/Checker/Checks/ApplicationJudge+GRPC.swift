import LoadBalancer
import Probes

/// gRPC checks.
extension ApplicationJudge {
  func grpc(_ response: GRPCResponse) -> HopOutcome {
    guard let status = response.status else { return HopOutcome(notGRPC(response)) }
    let words = "gRPC status \(GRPCStatus(rawValue: status))"
    guard check.extendedCode.accepts(status) else {
      return HopOutcome(unexpected(words, status, response))
    }
    return HopOutcome(
      "\(words) after \(exchange.timing.status), healthy by \(check.extendedCode)\(assumption)",
      findings: [nearlyTooSlow].compactMap(\.self))
  }

  /// What CLB calls is not documented; its default of 12 suggests a method that no server has.
  private var assumption: String {
    "; the method \(check.httpCheckPath) is assumed, for no document says what the CLB calls"
  }

  private func unexpected(_ words: String, _ status: Int, _ response: GRPCResponse) -> Finding {
    finding(
      "unexpected-status", .fail,
      "\(check.httpCheckPath) answers with \(words), and only \(check.extendedCode) is healthy"
        + assumption,
      evidence: response.message.map { [Evidence(source: "grpc-message", text: $0)] } ?? [],
      remedies: [
        Remedy(
          summary:
            "if the server is well with \(status), add it to ExtendedCode of the health check",
          verify: target.requestCommand),
        Remedy(
          summary: "or let the server answer with one of \(check.extendedCode)",
          commands: question.facts.logCommands(for: owner), verify: target.requestCommand),
      ])
  }

  /// HTTP/2 without gRPC. A gRPC client makes a status of its own out of such an answer.
  private func notGRPC(_ response: GRPCResponse) -> Finding {
    let status = response.httpStatus.map(String.init) ?? "none"
    let taken = GRPCStatus(httpStatus: response.httpStatus)
    let isHealthy = check.extendedCode.accepts(taken.rawValue)
    return finding(
      "not-grpc", isHealthy ? .unknown : .fail,
      "port \(target.port) speaks HTTP/2 and not gRPC: HTTP status \(status) without grpc-status"
        + (isHealthy
          ? ", which gRPC clients take for \(taken), a healthy one; whether the CLB does is not documented"
          : ""),
      remedies: [serveGRPC])
  }

  private var serveGRPC: Remedy {
    Remedy(
      summary:
        "bind the port of the gRPC service, or set the rule's backend protocol (ForwardType) "
        + "and CheckType to what this port speaks", verify: target.listeningCommand)
  }

  func notHTTP2(_ bytes: [UInt8]) -> Finding {
    if let finding = otherLanguage { return finding }
    guard !bytes.starts(with: "HTTP/1.".utf8) else { return speaksHTTP1(exchange) }
    return finding(
      "not-grpc", .fail, "what answers on port \(target.port) is not HTTP/2" + negotiation,
      remedies: [serveGRPC])
  }

  /// What the port speaks instead of gRPC, where another exchange showed that.
  var otherLanguage: Finding? {
    guard target.transport.isGRPC else { return nil }
    if let tls = tlsAnswer {
      return finding(
        "not-grpc", .fail,
        "port \(target.port) speaks TLS, and the health check speaks gRPC without it",
        evidence: [tls.evidence],
        remedies: [
          Remedy(
            summary:
              "set the rule's backend protocol (ForwardType) to GRPCS, or bind the port of the "
              + "service without TLS", verify: target.requestCommand)
        ])
    }
    return probes.exchanges.first { $0.purpose == .http1InsteadOfGRPC && $0.hasResponse }
      .map(speaksHTTP1)
  }

  private func speaksHTTP1(_ shown: ProbeExchange) -> Finding {
    finding(
      "not-grpc", .fail, "port \(target.port) speaks HTTP/1, and gRPC needs HTTP/2" + negotiation,
      evidence: shown.purpose == .healthCheck ? [] : [shown.evidence], remedies: [serveGRPC])
  }

  /// What the server chose of the one protocol that was offered.
  private var negotiation: String {
    guard exchange.request.usesTLS, exchange.negotiatedProtocol != "h2" else { return "" }
    return ": of what TLS offered (ALPN h2) the server chose nothing"
  }

  func http2Failed(_ reason: String) -> Finding {
    finding(
      "not-grpc", .fail, "the call was not answered: \(reason)",
      remedies: [.inspectService(question), serveGRPC])
  }
}

extension ProbeExchange {
  /// Whether HTTP/1 was answered.
  fileprivate var hasResponse: Bool {
    guard case .response = outcome else { return false }
    return true
  }
}

/// A gRPC status with its name.
///
/// Source: https://github.com/grpc/grpc/blob/master/doc/statuscodes.md .
struct GRPCStatus: RawRepresentable, Hashable, CustomStringConvertible {
  let rawValue: Int

  init(rawValue: Int) { self.rawValue = rawValue }

  /// What a client takes an HTTP status for that came without a gRPC one.
  ///
  /// Source: https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md .
  init(httpStatus: Int?) {
    rawValue =
      switch httpStatus {
      case 400: 13
      case 401: 16
      case 403: 7
      case 404: 12
      case 429, 502, 503, 504: 14
      default: 2
      }
  }

  var description: String {
    let names = [
      "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
      "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED",
      "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ]
    return names.indices.contains(rawValue) ? "\(rawValue) (\(names[rawValue]))" : "\(rawValue)"
  }
}
