extension ApplicationCheck {
  package static let declaration = CheckDeclaration(
    name: "application",
    summary: "Does the application answer a health check in time, as the listener wants it?",
    reason: """
      A TCP check asks for a SYN-ACK within `TimeOut`. An HTTP or HTTPS check sends HEAD or GET for \
      `HttpCheckPath` with `HttpCheckDomain` as `Host`, and is content when a status arrives within \
      `TimeOut` whose class is ticked in `HttpCode`. It follows no redirect.

      The agent asks in the same words, from this host to its own address. Such a packet travels over \
      `lo`: it proves what the socket and the application do, and says nothing of the packet filter, \
      the reverse-path filter or the routes that the CLB's probe meets. Those hops are judged from \
      the kernel's own tables.

      A page that a script makes anew for each request is a poor check page: a slow database makes \
      the real server "Unhealthy" while the web server is well. It is recognised by what it sends.
      """,
    reads: ["TCP, HTTP and HTTPS probes of the target", "/proc/PID/status of the socket's owner"],
    findings: [
      declare(
        "no-answer", [.fail, .unknown],
        "the application does not answer, or closes without a status",
        "find out why the process hangs, and restart it"),
      declare(
        "refused", [.fail, .unknown], "connections are refused or reset",
        "start or mend the service",
        layer: .layer4),
      declare(
        "slower-than-timeout", [.fail, .warn], "the status comes later than the time limit allows",
        "use a static check page, or raise TimeOut"),
      declare(
        "unexpected-status", [.fail, .info], "the status is of a class that is not healthy",
        "mend the page, or tick the class in HttpCode"),
      declare(
        "method-refused", [.fail], "HEAD fails where GET works",
        "set HttpCheckMethod to GET, or support HEAD"),
      declare(
        "redirects", [.fail], "the check page redirects, and 3xx is not healthy",
        "check the page that it redirects to, or tick 3xx"),
      declare(
        "not-http", [.fail], "what answers is not HTTP: another protocol, or TLS",
        "align CheckType, backend protocol and port"),
      declare(
        "tls-failed", [.fail], "the TLS handshake fails, or the port does not speak TLS",
        "deploy a certificate, or set the backend protocol to HTTP"),
      declare(
        "dynamic-check-page", [.warn], "the check page is made by a script for each request",
        "use a static file as check page"),
      declare(
        "unexpected-reply", [.warn],
        "a healthy status is followed by a head that is malformed, oversized or endless",
        "mend the service's response"),
    ],
    sources: [
      "https://www.tencentcloud.com/document/product/214/6097",
      "https://www.tencentcloud.com/document/product/214/38451",
      "https://www.tencentcloud.com/document/product/214/39251",
    ])

  private static func declare(
    _ what: String, _ severities: [Severity], _ meaning: String, _ remedy: String,
    layer: Layer = .layer7
  ) -> FindingDeclaration {
    FindingDeclaration(
      id: FindingID(rawValue: "application.\(what)"), layer: layer, severities: severities,
      meaning: meaning, remedy: remedy)
  }
}
