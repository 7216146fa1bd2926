import Probes
import Reporting

/// What an answer means for the reports that were sent: a pure table.
///
/// Source: the OTLP specification 1.11, "OTLP/HTTP Response". Where it calls a status permanent though the
/// settings are at fault (401, 404 and their like), reports are kept and the settings blamed.
struct AnswerJudge {
  /// How the body of a 200 is read.
  var reading: AnswerReading
  var now: Timestamp

  func outcome(of answer: HTTPAnswer) -> DeliveryOutcome {
    switch answer {
    case .none(let reason): .postponed(reason: reason, afterSeconds: nil)
    case .misconfigured(let key, let reason): .misconfigured(key, reason)
    case .response(let response, let body): outcome(response, body)
    }
  }

  private func outcome(_ response: HTTPResponse, _ body: [UInt8]) -> DeliveryOutcome {
    guard response.headEnd == .complete else {
      return .postponed(
        reason: "the answer's head is \(response.headEnd.words): \(response.shownStatus)",
        afterSeconds: nil)
    }
    let reason = reason(response, body)
    switch response.status {
    case 200..<300: return delivered(response, body)
    case 429, 502, 503, 504:
      let after = response.field("Retry-After").flatMap { RetryAfter.seconds($0, now: now) }
      return .postponed(reason: reason, afterSeconds: after)
    case 300..<400: return .misconfigured(.url, reason + "; redirects are not followed")
    case 401, 403: return .misconfigured(.headerFiles, reason)
    case 404, 405: return .misconfigured(.url, reason)
    case 415: return .misconfigured(.encoding, reason)
    case 400: return badRequest(body, reason)
    case 400..<600: return .refused(reason: reason)
    default: return .postponed(reason: reason, afterSeconds: nil)
    }
  }

  private func delivered(_ response: HTTPResponse, _ body: [UInt8]) -> DeliveryOutcome {
    guard reading != .ignored else { return .delivered(warning: nil) }
    // The status alone has said that all of it was taken; to send it again would only make it twice.
    if let end = response.bodyEnd, end != .complete {
      return .delivered(warning: "the answer's body is \(end.words)")
    }
    guard let answer = reading.answer(body, type: response.field("Content-Type")) else {
      return .delivered(warning: "the answer's body is no answer of OTLP: \(body.shown)")
    }
    guard answer.rejected > 0 else {
      return .delivered(warning: answer.message.isEmpty ? nil : Array(answer.message.utf8).shown)
    }
    let reason = answer.message.isEmpty ? "no reason given" : Array(answer.message.utf8).shown
    return .partlyRejected(count: answer.rejected, reason: reason)
  }

  /// nginx answers 400 where others would end the handshake, or answer in no HTTP at all.
  private func badRequest(_ body: [UInt8], _ reason: String) -> DeliveryOutcome {
    let page = String(decoding: body, as: UTF8.self)
    if page.contains("No required SSL certificate was sent") {
      return .misconfigured(.certificate, "the receiver wants a client certificate; \(reason)")
    }
    if page.contains("The SSL certificate error") {
      return .misconfigured(.certificate, "the receiver refuses the client certificate; \(reason)")
    }
    if page.contains("plain HTTP request was sent to HTTPS port") {
      return .misconfigured(.url, "the receiver wants https; \(reason)")
    }
    return .refused(reason: reason)
  }

  private func reason(_ response: HTTPResponse, _ body: [UInt8]) -> String {
    let message = StatusMessage.text(of: body, type: response.field("Content-Type"))
    return "the receiver answered \(response.shownStatus)" + (message.isEmpty ? "" : ": \(message)")
  }
}

extension HTTPResponse {
  /// Status and reason without the version: `503 Service Unavailable`.
  fileprivate var shownStatus: String {
    Array(statusLine.utf8.drop { $0 != 32 }).shown
  }
}

extension HTTPResponse.HeadEnd {
  fileprivate var words: String {
    switch self {
    case .complete: "whole"
    case .timeLimit: "not whole within the time limit"
    case .oversized: "too long"
    case .malformed: "malformed"
    case .connectionEnd: "cut off by the connection's end"
    }
  }
}

extension HTTPResponse.BodyEnd {
  fileprivate var words: String {
    switch self {
    case .complete: "whole"
    case .timeLimit: "not whole within the time limit"
    case .oversized: "too long"
    case .malformed: "malformed"
    case .connectionEnd: "cut off by the connection's end"
    }
  }
}
