import Addressing
import Checker
@testable import Delivery
import LoadBalancer
@testable import Probes
@testable import Reporting

/// What receivers answer, and what the state directory may hold.
enum DeliveryFuzz {
  private static let now = Timestamp(secondsSinceEpoch: 1_772_352_000)

  /// A whole answer, and the same bytes as the body of a 200 and as `Retry-After`.
  static func receiversAnswer(_ bytes: [UInt8]) {
    _ = RetryAfter.seconds(String(decoding: bytes, as: UTF8.self), now: now)
    var parser = HTTPResponseParser(
      method: .get, keptBodyLimit: 65_536, interimResponses: .skipped)
    parser.receive(bytes)
    parser.connectionEnded(.closed)
    var answers = [
      HTTPAnswer.response(HTTPResponse(statusLine: "HTTP/1.1 200 OK", status: 200), body: bytes)
    ]
    if case .response(let response) = parser.result {
      answers.append(.response(response, body: parser.keptBody))
    }
    let secrets = Secrets([
      .init(name: "Authorization", value: "Bearer s3cr3t-t0ken", isSecret: true)
    ])
    for answer in answers {
      for reading in readings {
        // Twice, for what two answers claim together must not overflow.
        var state = QueueState()
        for _ in 0..<2 { count(reading, secrets.removed(from: answer), in: &state) }
      }
    }
  }

  private static let readings: [AnswerReading] =
    [.ignored]
    + OTLPReceiver.Encoding.allCases.flatMap { [.otlp(.logs, $0), .otlp(.metrics, $0)] }

  private static func count(
    _ reading: AnswerReading, _ answer: HTTPAnswer, in state: inout QueueState
  ) {
    switch AnswerJudge(reading: reading, now: now).outcome(of: answer) {
    case .partlyRejected(let count, let reason):
      state.rejectedRecordsTotal += count
      state.note(reason)
    case .postponed(let reason, let seconds):
      let wait = Backoff().wait(afterFailures: state.failures, asked: seconds) { $0 }
      state.failed(reason, waitSeconds: wait, at: now)
    case .refused(let reason): state.note(reason)
    case .misconfigured(let key, let reason): state.note("\(key): \(reason)")
    case .delivered: state.delivered(1, at: now)
    }
    guard (try? QueueState(parsing: state.json)) == state else {
      preconditionFailure("a state that cannot be read back")
    }
  }

  /// A spooled file; and the bytes as the document of a whole one, as it goes to receivers.
  static func spoolFile(_ bytes: [UInt8]) {
    _ = try? SpoolFrame(parsing: bytes)
    _ = try? QueueState(parsing: bytes)
    let name = String(decoding: bytes, as: UTF8.self)
    if let entry = SpoolEntry(parsing: SpoolFile(name: name, bytes: bytes.count)) {
      _ = (entry.takenAt.rfc3339, SpoolLimits().excess(of: [entry], at: .max))
    }
    let queue = QueueName(receiver: "central", signal: .logs)
    let frame = SpoolFrame(bytes, for: [queue])
    guard (try? SpoolFrame(parsing: frame.bytes)) == frame else {
      preconditionFailure("a frame that cannot be read back")
    }
    guard let report = try? ShippedReport(parsing: bytes) else { return }
    for signal in [QueueName.Signal.logs, .metrics] {
      let request = OTLPRequest(
        signal, [report, report], SpoolStatus(), agentVersion: "1.0", now: now)
      _ = (request.protobuf, request.json)
    }
    _ = PrometheusText.render(report: report, now: now)
  }

  /// What earlier runs said, and the runs behind it.
  static func history(_ bytes: [UInt8]) {
    guard var history = VerdictHistory(parsing: bytes) else { return }
    guard let diagnosis = diagnosis() else { return }
    for minute in 0..<3 {
      let time = now.adding(seconds: 60 * minute)
      let changes = history.take(diagnosis, at: time)
      let standings = changes.targets.values + changes.findings
      _ = (standings.map(\.words), history.lastFull?.rfc3339)
    }
    guard VerdictHistory(parsing: history.document) == history else {
      preconditionFailure("a history that cannot be read back")
    }
  }

  /// One target that fails, with one finding.
  private static func diagnosis() -> Diagnosis? {
    guard let address = IPAddress(parsing: "10.0.0.5") else { return nil }
    let target = Target(transport: .tcp, address: address, port: 80)
    let hop = HopDiagnosis(hop: "listening-socket", verdict: .fail, summary: "x")
    let finding = Finding(
      id: FindingID(rawValue: "listening-socket.missing"), layer: .layer4, severity: .fail,
      summary: "x", targets: [target.name])
    return Diagnosis(
      verdict: .fail, targetOrigin: .named,
      targets: [TargetDiagnosis(target: target, verdict: .fail, path: [hop])], findings: [finding],
      missing: [])
  }
}
