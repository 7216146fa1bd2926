import LoadBalancer
import Windows

/// Turns what curl printed on a Windows host into findings.
struct WindowsResponseJudge {
  let question: WindowsQuestion
  let exchange: CurlExchange

  private var target: Target { question.target }
  private var check: HealthCheck { question.target.healthCheck }

  var outcome: HopOutcome {
    switch exchange.outcome {
    case .response(let response): judge(response)
    case .failure(let code, let text): HopOutcome(judge(failure: code, text))
    case .nothing:
      HopOutcome(WindowsApplicationHop.open("curl printed neither a status line nor an error"))
    }
  }

  private func finding(
    _ what: String, _ severity: Severity, _ summary: String, _ answer: String,
    evidence: [Evidence] = [], remedies: [Remedy]
  ) -> Finding {
    ApplicationCheck.declaration.finding(
      what, severity, summary,
      evidence: [Evidence(source: exchange.command, text: answer)] + evidence, remedies: remedies)
  }

  private func judge(_ response: CurlExchange.Response) -> HopOutcome {
    guard check.httpCode.accepts(status: response.status) else {
      return HopOutcome(unhealthy(response))
    }
    let assumed = check.assumed.contains(.httpCode) && !(200..<300).contains(response.status)
    return HopOutcome(
      "\(response.status) to curl's \(exchange.method) on the host itself, healthy by \(check.httpCode)",
      findings: assumed
        ? [
          finding(
            "unexpected-status", .info,
            "\(response.status) is healthy by the assumed \(check.httpCode); name the listener's "
              + "HttpCode with --http-code to be sure", response.statusLine, remedies: [])
        ] : [])
  }

  private func unhealthy(_ response: CurlExchange.Response) -> Finding {
    if let get = acceptedGet {
      return finding(
        "method-refused", .fail,
        "HEAD is answered with \(response.status), and GET with \(get.status)", response.statusLine,
        evidence: [Evidence(source: "GET", text: get.statusLine)],
        remedies: [
          Remedy(summary: "set the health check's method (HttpCheckMethod) to GET"),
          Remedy(
            summary: "or let the service answer HEAD for \(check.httpCheckPath)",
            verify: target.windowsRequestCommand),
        ])
    }
    if (300..<400).contains(response.status) { return redirect(response) }
    return finding(
      "unexpected-status", .fail,
      "\(check.httpCheckPath) answers \(response.status), and only \(check.httpCode) is healthy",
      response.statusLine,
      remedies: nameDomain(response) + [
        Remedy(
          summary: "let \(check.httpCheckPath) answer with a status of \(check.httpCode)",
          verify: target.windowsRequestCommand),
        Remedy(
          summary:
            "or, if \(response.status) is right for this page, tick its class in the check's "
            + "HttpCode"),
      ])
  }

  /// HTTP.sys answers by itself where no site of IIS has a binding for the name that was asked.
  private func nameDomain(_ response: CurlExchange.Response) -> [Remedy] {
    let isIIS = response.field("Server")?.contains("HTTPAPI") == true
    guard isIIS, check.httpCheckDomain == nil, [400, 404].contains(response.status) else {
      return []
    }
    return [
      Remedy(
        summary:
          "HTTP.sys itself answered, for no site of IIS takes this Host: set HttpCheckDomain of "
          + "the health check to the host name of the site's binding (and --check-domain here)",
        commands: ["cmd /c %windir%\\system32\\inetsrv\\appcmd list sites"])
    ]
  }

  private var acceptedGet: CurlExchange.Response? {
    guard check.httpCheckMethod == .head else { return nil }
    return question.exchanges(anyScheme: false).lazy.compactMap { other in
      guard other.method == "GET", other.url == exchange.url, other.host == exchange.host,
        case .response(let response) = other.outcome,
        check.httpCode.accepts(status: response.status)
      else { return nil }
      return response
    }.first
  }

  private func redirect(_ response: CurlExchange.Response) -> Finding {
    let location = response.field("Location")
    return finding(
      "redirects", .fail,
      "\(check.httpCheckPath) redirects with \(response.status), and only \(check.httpCode) is "
        + "healthy; a health check follows no redirect", response.statusLine,
      evidence: location.map { [Evidence(source: "Location", text: $0)] } ?? [],
      remedies: [
        Remedy(
          summary: "set HttpCheckPath and HttpCheckDomain to a page that answers by itself",
          verify: target.windowsRequestCommand),
        Remedy(summary: "or tick 3xx in the check's HttpCode"),
      ])
  }

  /// curl's exit status. Source: https://curl.se/libcurl/c/libcurl-errors.html
  private func judge(failure code: Int, _ text: String) -> Finding {
    let inspect = [
      Remedy(
        summary: "read the log of the service on port \(target.port), and restart it",
        verify: target.windowsRequestCommand)
    ]
    switch code {
    case 7:
      return finding(
        "refused", .fail, "curl could not connect to \(target.endpoint) on the host itself", text,
        remedies: inspect)
    case 28:
      return finding(
        "no-answer", .fail, "curl's time limit passed before an answer came", text,
        remedies: inspect)
    case 52:
      return finding(
        "no-answer", .fail, "the service closed the connection without an answer", text,
        remedies: inspect)
    case 56:
      return finding(
        "refused", .fail, "the connection was reset before an answer came", text, remedies: inspect)
    case 1:
      return finding(
        "not-http", .fail, "what answers on port \(target.port) is not HTTP/1", text,
        remedies: [
          Remedy(
            summary: "check by TCP (CheckType TCP), or bind the port of the HTTP service",
            verify: target.windowsListeningCommand)
        ])
    case 35:
      return finding(
        "tls-failed", .fail, "the TLS handshake failed", text,
        remedies: [
          Remedy(
            summary:
              "deploy a certificate on port \(target.port), or set the rule's backend protocol "
              + "(ForwardType) and CheckType to HTTP", verify: target.windowsRequestCommand)
        ])
    default:
      return WindowsApplicationHop.open(
        "curl failed in a way that says nothing of the check: \(text)")
    }
  }
}
