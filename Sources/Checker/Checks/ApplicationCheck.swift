import Collectors
import Host
import LoadBalancer
import Probes

/// Whether the application answers a health check as the listener wants it.
package enum ApplicationCheck: Check {
  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    guard let probes = question.probes, let exchange = probes.ofPort else {
      return HopOutcome(notAsked(question))
    }
    let judge = ApplicationJudge(question: question, probes: probes, exchange: exchange)
    switch exchange.outcome {
    case .connected:
      return HopOutcome(
        "the SYN was answered in \(exchange.timing.connected) (by lo: it proves the socket, not "
          + "the way in)")
    case .timedOut(let stage, let bytes):
      return exchange.isOfDatagram
        ? judge.silent() : HopOutcome(judge.timedOut(stage, bytes: bytes))
    case .response(let response): return judge.response(response)
    case .grpc(let response): return judge.grpc(response)
    case .replied(let reply): return judge.replied(reply)
    case .refused, .reset, .closed, .systemError, .notHTTP, .notHTTP2, .http2Failed, .tlsFailed,
      .echoReply:
      return HopOutcome(fault(judge, exchange))
    }
  }

  /// What became of an exchange that brought no answer.
  private static func fault(_ judge: ApplicationJudge, _ exchange: ProbeExchange) -> Finding {
    switch exchange.outcome {
    case .refused where exchange.isOfDatagram:
      judge.refused("the datagram was answered by ICMP port-unreachable")
    case .refused: judge.refused("the SYN was answered by a RST: connection refused")
    case .reset(let stage, let bytes):
      judge.otherLanguage
        ?? judge.refused("the connection was reset \(stage.words) after \(bytes) bytes of response")
    case .closed(let stage, let bytes):
      judge.otherLanguage
        ?? judge.noAnswer("the server closed the connection \(stage.words) after \(bytes) bytes")
    case .notHTTP: judge.notHTTP()
    case .notHTTP2(let bytes): judge.notHTTP2(bytes)
    case .http2Failed(let reason): judge.http2Failed(reason)
    case .tlsFailed(let reason): judge.tlsFailed(reason)
    case .systemError(let error): notMade(judge, error)
    case .connected, .timedOut, .response, .grpc, .replied, .echoReply:
      notMade(judge, "\(exchange.outcome)")
    }
  }

  private static func notMade(_ judge: ApplicationJudge, _ error: String) -> Finding {
    declaration.finding(
      "no-answer", .unknown, "the probe could not be made: \(error)", evidence: [judge.evidence])
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

extension ProbeReport {
  /// The exchange that tells of the target's port: the check's own, unless that is a ping.
  fileprivate var ofPort: ProbeExchange? {
    exchanges.first {
      $0.purpose == .portBesidePing || $0.purpose == .healthCheck && $0.request.question != .echo
    }
  }
}

extension ProbeExchange {
  /// Whether it was over UDP.
  fileprivate var isOfDatagram: Bool {
    guard case .datagram = request.question else { return false }
    return true
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
    case .awaitingReply: "before an answer"
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
