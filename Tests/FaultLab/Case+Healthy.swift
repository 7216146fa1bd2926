extension Case {
  /// A host that is probed over TLS.
  static let selfSigned = Case(
    "HTTPS with a certificate that nobody signed", Step.tls,
    check: HealthCheckOptions("https://10.0.0.5:443/health"), proofs: .probe(.status(200)),
    expected: .healthy)

  /// Hosts that a check passes, and that differ in how they listen and what the kernel does.
  static let healthyLayerFour: [Case] = [
    Case(
      "a TCP check of a web server", [.nginx(listen: "0.0.0.0:80")], check: .tcp,
      proofs: .probe(.connected), expected: .healthy),
    Case(
      "a server on IPv6 that also takes IPv4", [.nginx(listen: "[::]:80 ipv6only=off")],
      proofs: .probe(.status(200)), expected: .healthy),
    Case(
      "a server on the private address alone", [.nginx(listen: "10.0.0.5:80")],
      proofs: .probe(.status(200)), expected: .healthy),
    Case(
      "a target without an address, which is the host's private one",
      [.nginx(listen: "0.0.0.0:80")],
      check: HealthCheckOptions("http://:80/health"), proofs: .probe(.status(200)),
      expected: .healthy),
    Case(
      "a target on IPv6", [.nginx(listen: "[::]:80")],
      check: HealthCheckOptions("http://[fd00:5::5]:80/health", source: "fd00:5::/64"),
      proofs: .probe(.status(200)),
      expected: .healthy),
    Case(
      "a TCP check of a stopped process: the kernel still answers the SYN",
      [.nginx(listen: "0.0.0.0:80"), .stopNginx], check: .tcp, proofs: .probe(.connected),
      expected: .healthy),
    Case(
      "tcp_tw_recycle is there and off",
      [.nginx(listen: "0.0.0.0:80"), .twRecycle("0", timestamps: "1")],
      proofs: .probe(.status(200)), .twRecycle("0", timestamps: "1"), expected: .healthy),
    Case(
      "tcp_tw_recycle is on without timestamps",
      [.nginx(listen: "0.0.0.0:80"), .twRecycle("1", timestamps: "0")],
      proofs: .probe(.status(200)), .twRecycle("1", timestamps: "0"), expected: .healthy),
  ]

  /// Hosts that an HTTP or HTTPS check passes.
  static let healthyLayerSeven: [Case] = [
    Case(
      "a web server with a static page, which is not called dynamic",
      [.nginx(listen: "0.0.0.0:80")], proofs: .probe(.status(200)), expected: .healthy),
    Case(
      "the same under GET", [.nginx(listen: "0.0.0.0:80")], check: .http(method: "GET"),
      proofs: .probe(.status(200)), expected: .healthy),
    Case(
      "a check path that is not found, and the check takes 4xx",
      [.nginx(listen: "0.0.0.0:80", answer: "return 404;")], check: .http(codes: "2xx,4xx"),
      proofs: .probe(.status(404)), expected: .healthy),
    Case(
      "the same with the classes as a number",
      [.nginx(listen: "0.0.0.0:80", answer: "return 404;")], check: .http(codes: "15"),
      proofs: .probe(.status(404)), expected: .healthy),
    Case(
      "an application that fails, and the check takes 5xx",
      [.nginx(listen: "0.0.0.0:80", answer: "return 503;")], check: .http(codes: "31"),
      proofs: .probe(.status(503)),
      expected: .warns("health-check.mask-hides-errors", saying: "as the 503 that it answers now")),
    Case(
      "an application on Python's server that knows HEAD", [.web("static")],
      proofs: .probe(.status(200)), expected: .healthy),
    Case(
      "HTTP/1.0", [.nginx(listen: "0.0.0.0:80")], check: .http(version: "1.0"),
      proofs: .probe(.status(200)), expected: .healthy),
    Case(
      "a check domain that the web server knows", [.virtualHosts],
      check: .http(domain: "shop.example"), proofs: .probe(.status(200)), expected: .healthy),
    selfSigned,
    Case(
      "three seconds to answer and five allowed", [.tcp("slow")], check: .http(seconds: 5),
      proofs: .probe(.status(200)), expected: .healthy),
  ]
}
