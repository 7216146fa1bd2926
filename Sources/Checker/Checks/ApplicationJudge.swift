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

  private func speaksTLS(_ tls: ProbeExchange) -> Finding {
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

  func response(_ response: HTTPResponse) -> HopOutcome {
    guard check.httpCode.accepts(status: response.status) else {
      return HopOutcome(unhealthyStatus(response))
    }
    let findings = [
      headFault(response), nearlyTooSlow, dynamicPage, assumedMask(response), assumedHost,
    ]
    .compactMap(\.self)
    return HopOutcome(
      "\(response.status) after \(exchange.timing.status), healthy by \(check.httpCode)",
      findings: findings)
  }

  private func unhealthyStatus(_ response: HTTPResponse) -> Finding {
    if response.status == 400, let tls = tlsAnswer { return speaksTLS(tls) }
    if let get = acceptedGet {
      return finding(
        "method-refused", .fail,
        "HEAD is answered with \(response.status), and GET with \(get.status)",
        evidence: probes.exchanges.filter { $0.purpose == .getInsteadOfHead }.map(\.evidence),
        remedies: [
          Remedy(summary: "set the health check's method (HttpCheckMethod) to GET"),
          Remedy(
            summary: "or let the service answer HEAD for \(check.httpCheckPath)",
            verify: target.requestCommand),
        ])
    }
    if (300..<400).contains(response.status) { return redirect(response) }
    return finding(
      "unexpected-status", .fail,
      "\(check.httpCheckPath) answers \(response.status), and only \(check.httpCode) is healthy",
      evidence: ownerEvidence,
      remedies: [
        Remedy(
          summary: "let \(check.httpCheckPath) answer with a status of \(check.httpCode)",
          commands: question.facts.logCommands(for: owner), verify: target.requestCommand),
        Remedy(
          summary:
            "or, if \(response.status) is right for this page, tick its class in the check's "
            + "HttpCode", verify: target.requestCommand),
      ])
  }

  private func redirect(_ response: HTTPResponse) -> Finding {
    let location = response.field("Location")
    return finding(
      "redirects", .fail,
      "\(check.httpCheckPath) redirects with \(response.status), and only \(check.httpCode) is "
        + "healthy; a health check follows no redirect",
      evidence: location.map { [Evidence(source: "Location", text: $0)] } ?? [],
      remedies: [
        Remedy(
          summary: "set HttpCheckPath and HttpCheckDomain to a page that answers by itself",
          verify: target.requestCommand),
        Remedy(summary: "or tick 3xx in the check's HttpCode"),
      ])
  }

  /// A head that breaks off behind a good status: what the CLB makes of that is not documented.
  private func headFault(_ response: HTTPResponse) -> Finding? {
    let what: String
    switch response.headEnd {
    case .complete, .connectionEnd: return nil
    case .timeLimit: what = "does not end within \(check.timeOut) s"
    case .oversized: what = "is longer than 64 KiB or has more than 100 fields"
    case .malformed: what = "has a line that is no header field"
    }
    return finding(
      "unexpected-reply", .warn,
      "the status \(response.status) is healthy, but the head behind it "
        + what,
      remedies: [.inspectService(question)])
  }

  /// Three quarters of the limit: the next busy minute takes the rest.
  var nearlyTooSlow: Finding? {
    guard let taken = exchange.timing.statusMicroseconds,
      Double(taken) >= Double(check.timeOut) * 750_000
    else { return nil }
    return slower(
      .warn, "the answer came after \(exchange.timing.status) of the \(check.timeOut) s allowed")
  }

  private var dynamicPage: Finding? {
    guard let page = DynamicPage(recognizing: probes.exchanges) else { return nil }
    return finding(
      "dynamic-check-page", .warn,
      "\(check.httpCheckPath) is made anew for each request, so its script's troubles become the "
        + "health check's",
      evidence: page.evidence.map { Evidence(source: $0.exchange, text: $0.text) },
      remedies: [
        Remedy(
          summary: "use a static file as the check page and set HttpCheckPath to it",
          verify: target.requestCommand)
      ])
  }

  private func assumedMask(_ response: HTTPResponse) -> Finding? {
    guard check.assumed.contains(.httpCode), !(200..<300).contains(response.status) else {
      return nil
    }
    return finding(
      "unexpected-status", .info,
      "\(response.status) is healthy by the assumed \(check.httpCode); name the listener's HttpCode "
        + "with --http-code to be sure", remedies: [])
  }

  /// What CLB sends as Host without a check domain is disputed: the address, its own domain, or nothing.
  ///
  /// That matters where the answer of servers to HTTP/1.1 without Host, 400, would not be healthy.
  ///
  /// Source: https://cloud.tencent.com/document/product/214/50011 .
  private var assumedHost: Finding? {
    guard check.httpCheckDomain == nil, check.httpVersion == .http11,
      !check.httpCode.accepts(status: 400)
    else { return nil }
    return finding(
      "host-assumed", .info,
      "no check domain is named, so the agent sent the address as Host; a rule sends its own domain, and "
        + "what a TCP listener sends is not documented: without Host a server answers HTTP/1.1 with 400, "
        + "which is not healthy by \(check.httpCode)",
      remedies: [])
  }

  /// The exchange that shows that a port asked for plain HTTP speaks TLS: a handshake that ended well,
  /// or a TLS record in answer to anything.
  var tlsAnswer: ProbeExchange? {
    guard !exchange.request.usesTLS else { return nil }
    return probes.exchanges.first { $0.timing.tlsMicroseconds != nil || $0.speaksTLS }
  }

  private var acceptedGet: HTTPResponse? {
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
