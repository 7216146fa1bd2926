import LoadBalancer
import Probes

/// CUSTOM checks over TCP and UDP, and the check of a UDP port alone.
extension ApplicationJudge {
  /// A datagram on which nothing came back.
  func silent() -> HopOutcome {
    let limit = "\(check.timeOut) s"
    guard case .datagram(let request) = exchange.request.question, !request.expected.isEmpty else {
      return HopOutcome(
        "no port-unreachable came within \(limit): silence is health for a UDP port (by lo: it "
          + "proves the socket, not the way in)")
    }
    if let late = lateAnswer { return HopOutcome(late) }
    return HopOutcome(
      finding(
        "no-answer", .fail,
        "no answer came within \(limit) to the \(request.send.count) bytes that were sent to UDP port "
          + "\(target.port)", evidence: ownerEvidence,
        remedies: [ownProtocol, .inspectService(question)]))
  }

  /// Nothing was expected of a TCP service, and nothing came: not documented whether that is health.
  func silentBytes() -> Finding {
    finding(
      "no-answer", .unknown,
      "nothing came back within \(check.timeOut) s, and nothing in particular is expected; whether "
        + "the CLB is content with that is not documented",
      remedies: [
        Remedy(summary: "let the check expect an answer (RecvContext), or use CheckType TCP")
      ])
  }

  private var ownProtocol: Remedy {
    Remedy(
      summary: "if the service answers its own protocol alone, let the check send a request of it "
        + "(SendContext), and expect what begins its answer (RecvContext)",
      verify: target.requestCommand)
  }

  func replied(_ reply: ProbeReply) -> HopOutcome {
    let came = "\(reply.count) bytes came back after \(exchange.timing.status)"
    switch reply.match {
    case .anything, .equal:
      let how = reply.match == .equal ? ", those that are expected" : ""
      return HopOutcome(came + how, findings: [nearlyTooSlow].compactMap(\.self))
    case .begins:
      return HopOutcome(
        came + ", the expected ones first",
        findings: [nearlyTooSlow, assumedPrefix(reply)].compactMap(\.self))
    case .contains:
      return HopOutcome(
        finding(
          "unexpected-reply", .unknown,
          "the answer holds the bytes that are expected, behind others; whether the CLB looks there is "
            + "not documented", remedies: [expectThis(reply)]))
    case .differs:
      return HopOutcome(
        finding(
          "unexpected-reply", .fail,
          "the service answers \(reply.bytes.shown), and \(expected.shown) is expected",
          evidence: ownerEvidence, remedies: [expectThis(reply), .inspectService(question)]))
    }
  }

  private var expected: [UInt8] {
    switch exchange.request.question {
    case .bytes(let request), .datagram(let request): request.expected
    case .connection, .http, .grpc, .echo: []
    }
  }

  /// Tencent's own example of a DNS check expects the first two bytes of a longer answer.
  ///
  /// Source: https://www.tencentcloud.com/document/product/214/39251 .
  private func assumedPrefix(_ reply: ProbeReply) -> Finding {
    finding(
      "unexpected-reply", .info,
      "the answer goes on for \(reply.count - expected.count) bytes behind those that are expected; that "
        + "this is healthy is assumed from Tencent's DNS example, for the rule is not documented",
      remedies: [])
  }

  private func expectThis(_ reply: ProbeReply) -> Remedy {
    let start = Array(reply.bytes.prefix(16))
    return Remedy(
      summary: "if that answer is right, set RecvContext of the health check to what begins it: "
        + "\(start.shown)", verify: target.requestCommand)
  }

  /// The patient repeat, where it was answered.
  var lateAnswer: Finding? {
    guard let patient = probes.exchanges.first(where: { $0.purpose == .patientRepeat }),
      let answer = patient.outcome.answer
    else { return nil }
    return slower(
      .fail,
      "\(answer) came after \(patient.timing.status), later than the time limit of "
        + "\(check.timeOut) s", evidence: [patient.evidence])
  }
}

extension ProbeOutcome {
  /// What came, as the start of a sentence; `nil` for what is no answer.
  fileprivate var answer: String? {
    switch self {
    case .response(let response): "the status \(response.status)"
    case .grpc(let response): "the gRPC status \(response.status.map(String.init) ?? "none")"
    case .replied: "the answer"
    default: nil
    }
  }
}

extension [UInt8] {
  /// Text in quotes, or pairs of hexadecimal digits; the first 32 bytes.
  var shown: String {
    let isText = !isEmpty && allSatisfy { (0x20...0x7E).contains($0) }
    let more = count > 32 ? "…" : ""
    guard !isText else { return "\"\(String(decoding: prefix(32), as: UTF8.self))\(more)\"" }
    guard !isEmpty else { return "nothing" }
    let pairs = prefix(32).map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
    return pairs.joined(separator: " ") + more
  }
}
