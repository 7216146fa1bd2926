import Collectors
import Host
import LoadBalancer
import Probes

/// Whether the application answers a health check as the listener wants it.
package enum ApplicationCheck: Check {
  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    guard question.target.transport != .udp else {
      return HopOutcome(
        declaration.finding(
          "no-answer", .unknown,
          "a UDP health check pings this host and sends a datagram; this version makes neither"))
    }
    guard let probes = question.probes, let exchange = probes.healthCheck else {
      return HopOutcome(notAsked(question))
    }
    let judge = ApplicationJudge(question: question, probes: probes, exchange: exchange)
    switch exchange.outcome {
    case .connected:
      return HopOutcome(
        "the SYN was answered in \(exchange.timing.connected) (by lo: it proves the socket, not "
          + "the way in)")
    case .refused:
      return HopOutcome(judge.refused("the SYN was answered by a RST: connection refused"))
    case .reset(let stage, let bytes):
      return HopOutcome(
        judge.refused("the connection was reset \(stage.words) after \(bytes) bytes of response"))
    case .timedOut(let stage, let bytes): return HopOutcome(judge.timedOut(stage, bytes: bytes))
    case .closed(let stage, let bytes):
      return HopOutcome(
        judge.noAnswer("the server closed the connection \(stage.words) after \(bytes) bytes"))
    case .systemError(let error):
      return HopOutcome(
        declaration.finding(
          "no-answer", .unknown, "the probe could not be made: \(error)",
          evidence: [judge.evidence]))
    case .notHTTP: return HopOutcome(judge.notHTTP())
    case .tlsFailed(let reason): return HopOutcome(judge.tlsFailed(reason))
    case .response(let response): return judge.response(response)
    }
  }

  /// An address that is not here is not probed: whoever has it would be asked.
  private static func notAsked(_ question: CheckQuestion) -> Finding {
    let address = question.target.address
    let isElsewhere = question.facts.interfaces.value != nil && !question.facts.holds(address)
    var finding = declaration.finding(
      "no-answer", .unknown,
      "the application was not asked: "
        + (isElsewhere ? "\(address) is not an address of this host" : "no probe was made"))
    if isElsewhere { finding.cause = FindingID(rawValue: "address.not-on-host") }
    return finding
  }
}

extension ProbeStage {
  /// When it happened, as the middle of a sentence.
  var words: String {
    switch self {
    case .connecting: "while connecting"
    case .tlsHandshake: "during the TLS handshake"
    case .sendingRequest: "while the request was sent"
    case .awaitingStatus: "before a status line"
    }
  }
}

extension ProbeTiming {
  var connected: String { milliseconds(connectedMicroseconds ?? totalMicroseconds) }
  var status: String { milliseconds(statusMicroseconds ?? totalMicroseconds) }
}

/// `0.3 ms`, `1,250 ms` without the comma: one decimal below ten.
func milliseconds(_ microseconds: Int) -> String {
  // A capture can hold any number.
  let duration = min(max(microseconds, 0), 1 << 40)
  let tenths = (duration + 50) / 100
  return tenths < 100 ? "\(tenths / 10).\(tenths % 10) ms" : "\((duration + 500) / 1000) ms"
}
