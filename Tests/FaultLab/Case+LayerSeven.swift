extension Case {
  /// A host that needs a second probe to be understood.
  static let headRefused = Case(
    "HEAD is not allowed and GET works", [.web("head-405")], check: .http(codes: "2xx"),
    proofs: .probe(.status(405)), .probe(.status(200), method: "GET"),
    expected: .fails("application.method-refused", saying: "HEAD"))

  /// Hosts that take the connection, and whose answer is not what the check wants.
  static let layerSevenFaults: [Case] =
    [
      Case(
        "the application answers 503", [.nginx(listen: "0.0.0.0:80", answer: "return 503;")],
        proofs: .probe(.status(503)),
        expected: .fails("application.unexpected-status", saying: "503")),
      Case(
        "the check path is not found, and the check does not take 4xx",
        [.nginx(listen: "0.0.0.0:80", answer: "return 404;")], check: .http(codes: "2xx,3xx"),
        proofs: .probe(.status(404)),
        expected: .fails("application.unexpected-status", saying: "404")),
      Case(
        "the check path redirects, and the check does not take 3xx",
        [.nginx(listen: "0.0.0.0:80", answer: "return 301 /login;")], check: .http(codes: "2xx"),
        proofs: .probe(.status(301)), expected: .fails("application.redirects", showing: "/login")),
      headRefused,
      Case(
        "HEAD is not implemented and GET works", [.web("no-head")],
        proofs: .probe(.status(501)), .probe(.status(200), method: "GET"),
        expected: .fails("application.method-refused", saying: "HEAD")),
      Case(
        "the web server answers nobody but the domain it knows", [.virtualHosts],
        proofs: .probe(.closed), expected: .fails("application.no-answer")),
      Case(
        "the check page is made anew for everyone", [.web("dynamic")], proofs: .probe(.status(200)),
        expected: .warns("application.dynamic-check-page")),
    ] + silences + otherLanguages

  /// Hosts whose answer comes late or never.
  private static let silences: [Case] = [
    Case(
      "the application takes three seconds and two are allowed", [.tcp("slow")],
      proofs: .probe(.timeout), expected: .fails("application.slower-than-timeout")),
    Case(
      "the answer drips, a byte every 300 ms", [.tcp("drip")], proofs: .probe(.timeout),
      expected: .fails("application.slower-than-timeout")),
    Case(
      "the application takes the request and never answers", [.tcp("mute")],
      proofs: .probe(.timeout), expected: .fails("application.no-answer")),
    Case(
      "the process is stopped", [.nginx(listen: "0.0.0.0:80"), .stopNginx],
      proofs: .probe(.timeout), expected: .fails("application.no-answer")),
    Case(
      "the application closes without a byte", [.tcp("close")], proofs: .probe(.closed),
      expected: .fails("application.no-answer")),
    Case(
      "the application resets the connection behind the request", [.tcp("reset")],
      proofs: .probe(.reset), expected: .fails("application.refused")),
    Case(
      "the application resets every connection at once", [.tcp("reset-on-accept")],
      proofs: .probe(.reset), expected: .fails("application.refused")),
  ]

  /// Hosts that speak something else than the check.
  private static let otherLanguages: [Case] = [
    Case(
      "the port speaks another protocol", [.tcp("banner")], proofs: .probe(.notHTTP),
      expected: .fails("application.not-http", showing: "SSH-2.0")),
    Case(
      "the port speaks TLS and the check plain HTTP", Step.tls,
      check: HealthCheckOptions("http://10.0.0.5:443/health", codes: "2xx"),
      proofs: .probe(.status(400)),
      expected: .fails("application.tls-failed", "application.not-http", saying: "TLS")),
    Case(
      "the port speaks plain HTTP and the check TLS", [.nginx(listen: "0.0.0.0:443")],
      check: HealthCheckOptions("https://10.0.0.5:443/health"), proofs: .probe(.tlsFailed),
      expected: .fails("application.tls-failed")),
  ]
}
