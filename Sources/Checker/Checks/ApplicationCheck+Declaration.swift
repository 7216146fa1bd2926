extension ApplicationCheck {
  package static let declaration = CheckDeclaration(
    name: "application",
    summary: "Does the application answer a health check in time, as the listener wants it?",
    reason: """
      A TCP check asks for a SYN-ACK within `TimeOut`. An HTTP or HTTPS check sends HEAD or GET for \
      `HttpCheckPath` with `HttpCheckDomain` as `Host`, and is content when a status arrives within \
      `TimeOut` whose class is ticked in `HttpCode`. It follows no redirect. A gRPC check is content with \
      a status of `ExtendedCode`; what it calls is not documented, so the agent calls the check path, by \
      default `/`, which no server has. A CUSTOM check sends `SendContext` and wants an answer that \
      begins with `RecvContext`. The check of a UDP port sends a datagram, and takes everything but ICMP \
      port-unreachable for healthy, silence too.

      The agent asks in the same words, from this host to its own address. Such a packet travels over \
      `lo`: it proves what the socket and the application do, and says nothing of the packet filter, \
      the reverse-path filter or the routes that the CLB's probe meets. Those hops are judged from \
      the kernel's own tables.

      A page that a script makes anew for each request is a poor check page: a slow database makes \
      the real server "Unhealthy" while the web server is well. It is recognised by what it sends.
      """,
    reads: [
      "TCP, HTTP, HTTPS, gRPC, CUSTOM and UDP probes of the target",
      "/proc/PID/status of the socket's owner",
    ],
    findings: [
      declare(
        "no-answer", [.fail, .unknown],
        "the application does not answer, or closes without an answer",
        "find out why the process hangs, and restart it"),
      declare(
        "refused", [.fail, .unknown],
        "connections are refused or reset, or the UDP port is unreachable",
        "start or mend the service",
        layer: .layer4),
      declare(
        "slower-than-timeout", [.fail, .warn], "the answer comes later than the time limit allows",
        "use a static check page, or raise TimeOut"),
      declare(
        "unexpected-status", [.fail, .info],
        "the HTTP status is of a class that is not healthy, or the gRPC status is not",
        "mend the page, or tick the class in HttpCode; for gRPC, add the status to ExtendedCode"),
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
        "not-grpc", [.fail, .unknown],
        "what answers is not gRPC: another protocol, HTTP/1, TLS, or HTTP/2 without a gRPC status",
        "align CheckType, backend protocol and port"),
      declare(
        "host-assumed", [.info],
        "no check domain is named, and what the CLB then sends as Host decides whether the answer is healthy",
        "name the check domain (HttpCheckDomain)"),
      declare(
        "unexpected-reply", [.fail, .warn, .unknown, .info],
        "the answer is not the one that a CUSTOM check expects, or a healthy status is followed by a head "
          + "that is malformed, oversized or endless",
        "mend the service's response, or set RecvContext to what begins it"),
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
