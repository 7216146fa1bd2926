import Collectors
import LoadBalancer
import Probes

/// A status line came: whether it counts, and what else is to be said of it.
extension ApplicationJudge {
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
    let location = response.field("Location").map(Self.withoutQuery)
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

  /// Where it leads; a query may hold a session or a token, and reports travel.
  private static func withoutQuery(_ location: String) -> String {
    guard let mark = location.firstIndex(of: "?") else { return location }
    return "\(location[..<mark])?…"
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
}
