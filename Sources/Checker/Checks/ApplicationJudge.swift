import Collectors
import LoadBalancer
import Probes

/// Turns what became of a health check into findings.
struct ApplicationJudge {
  let question: CheckQuestion
  let probes: ProbeReport
  let exchange: ProbeExchange

  var target: Target { question.target }
  var check: HealthCheck { question.target.healthCheck }

  /// What was sent, and what came back.
  var evidence: Evidence { exchange.evidence }

  func finding(
    _ what: String, _ severity: Severity, _ summary: String, evidence more: [Evidence] = [],
    remedies: [Remedy]
  ) -> Finding {
    ApplicationCheck.declaration.finding(
      what, severity, summary, evidence: [evidence] + more, remedies: remedies)
  }

  func refused(_ summary: String) -> Finding {
    if exchange.outcome == .refused, let cause = packetFilterDoubt {
      return doubted(
        finding("refused", .unknown, summary, evidence: ownerEvidence, remedies: []), by: cause)
    }
    return finding(
      "refused", .fail, summary, evidence: ownerEvidence,
      remedies: [.inspectService(question), .restartService(question)].compactMap(\.self))
  }

  func noAnswer(_ summary: String) -> Finding {
    finding(
      "no-answer", .fail, summary, evidence: ownerEvidence,
      remedies: [nameDomain, .inspectService(question), .restartService(question)]
        .compactMap(\.self))
  }

  /// For a server that hangs up on requests by address, as nginx does with `return 444`.
  private var nameDomain: Remedy? {
    guard target.transport.isHTTP, case .closed(_, bytes: 0) = exchange.outcome,
      check.httpCheckDomain == nil
    else {
      return nil
    }
    return Remedy(
      summary:
        "if the service answers to its own name alone, set HttpCheckDomain of the health check "
        + "to it (and --check-domain here)")
  }

  /// A process that is stopped, one that answers late, and one that does not answer at all.
  func timedOut(_ stage: ProbeStage, bytes: Int) -> Finding {
    let limit = "\(check.timeOut) s"
    if let stopped = stoppedHolders, let first = stopped.first {
      let numbers = stopped.map { String($0.processID) }.joined(separator: " ")
      return finding(
        "no-answer", .fail,
        "\(first.command) (pid \(numbers)) is stopped, so the kernel takes connections and nobody "
          + "answers them", evidence: stopped.map(\.evidence),
        remedies: [
          Remedy(
            summary: "let \(first.command) go on, and find out who stopped it",
            commands: ["kill -CONT \(numbers)"], persistence: .temporary,
            undo: ["kill -STOP \(numbers)"], verify: target.requestCommand)
        ])
    }
    if let late = lateAnswer { return late }
    if case .bytes(let request) = exchange.request.question, request.expected.isEmpty,
      stage == .awaitingReply
    {
      return silentBytes()
    }
    if stage == .connecting, let cause = packetFilterDoubt {
      return doubted(
        finding("no-answer", .unknown, "no answer \(stage.words) within \(limit)", remedies: []),
        by: cause)
    }
    if bytes > 0, stage == .awaitingStatus || stage == .awaitingReply {
      let whole = stage == .awaitingStatus ? "a status line" : "the answer"
      return slower(.fail, "only \(bytes) bytes of \(whole) came within \(limit)")
    }
    return noAnswer("no answer \(stage.words) within \(limit)")
  }

  func slower(_ severity: Severity, _ summary: String, evidence: [Evidence] = []) -> Finding {
    finding(
      "slower-than-timeout", severity, summary, evidence: evidence,
      remedies: [
        Remedy(
          summary: target.transport.isHTTP
            ? "let \(check.httpCheckPath) be a static page that needs no database and no script"
            : "find out what the service waits for before it answers",
          verify: target.requestCommand),
        Remedy(
          summary:
            "or raise TimeOut of the health check above the time that the answer needs, below "
            + "IntervalTime", verify: target.requestCommand),
      ])
  }

  func notHTTP() -> Finding {
    guard let tls = tlsAnswer else {
      return finding(
        "not-http", .fail, "what answers on port \(target.port) is not HTTP",
        remedies: [
          Remedy(
            summary: "check by TCP (CheckType TCP), or bind the port of the HTTP service",
            verify: target.listeningCommand)
        ])
    }
    return speaksTLS(tls)
  }

  func speaksTLS(_ tls: ProbeExchange) -> Finding {
    finding(
      "not-http", .fail, "port \(target.port) speaks TLS, and the health check speaks plain HTTP",
      evidence: [tls.evidence],
      remedies: [
        Remedy(
          summary: "set the rule's backend protocol (ForwardType) and CheckType to HTTPS, or bind "
            + "the port of the plain service", verify: target.requestCommand)
      ])
  }

  func tlsFailed(_ reason: String) -> Finding {
    let plain = probes.exchanges.first { $0.purpose == .plainInsteadOfTLS }
    guard let plain, plain.outcome.isAnswerInPlain else {
      return finding(
        "tls-failed", .fail, "the TLS handshake failed: \(reason)",
        remedies: [.inspectService(question)])
    }
    let isGRPC = target.transport.isGRPC
    return finding(
      "tls-failed", .fail,
      "port \(target.port) speaks plain \(isGRPC ? "gRPC" : "HTTP"), and the health check speaks TLS",
      evidence: [plain.evidence],
      remedies: [
        Remedy(
          summary:
            "deploy a certificate on port \(target.port), or set the rule's backend protocol "
            + (isGRPC ? "(ForwardType) to GRPC" : "(ForwardType) and CheckType to HTTP"),
          verify: target.requestCommand)
      ])
  }

  /// The exchange that shows that a port asked for plain HTTP speaks TLS: a handshake that ended well,
  /// or a TLS record in answer to anything.
  var tlsAnswer: ProbeExchange? {
    guard !exchange.request.usesTLS else { return nil }
    return probes.exchanges.first { $0.timing.tlsMicroseconds != nil || $0.speaksTLS }
  }

  var acceptedGet: HTTPResponse? {
    guard check.httpCheckMethod == .head else { return nil }
    return probes.exchanges.lazy.compactMap { exchange in
      guard exchange.purpose == .getInsteadOfHead, case .response(let response) = exchange.outcome,
        check.httpCode.accepts(status: response.status)
      else { return nil }
      return response
    }.first
  }

  var owner: SocketOwner? { question.owner }

  /// What else may have taken a SYN than the application: rules reach packets on `lo` too.
  private var packetFilterDoubt: FindingID? {
    PacketFilterCheck.doubt(question)
  }

  private func doubted(_ finding: Finding, by cause: FindingID) -> Finding {
    var finding = finding
    finding.summary += "; a rule may have done that to the agent's own connection, which goes by lo"
    finding.cause = cause
    return finding
  }

  /// All who could accept, where every one of them is stopped.
  private var stoppedHolders: [SocketHolder]? {
    guard let holders = owner?.accepting, holders.allSatisfy(\.isStopped) else { return nil }
    return holders
  }

  var ownerEvidence: [Evidence] {
    (owner?.accepting ?? []).filter { $0.state != nil }.prefix(4).map(\.evidence)
  }
}

extension ProbeOutcome {
  /// Whether it is what a server says that speaks without TLS.
  fileprivate var isAnswerInPlain: Bool {
    switch self {
    case .response, .grpc: true
    default: false
    }
  }
}

extension SocketHolder {
  /// What the scheduler does with it.
  fileprivate var evidence: Evidence {
    Evidence(
      source: "/proc/\(processID)/status",
      text: "Name: \(command)  State: \(state.map(String.init) ?? "unknown")")
  }
}
