extension ListeningSocketCheck {
  package static let declaration = CheckDeclaration(
    name: "listening-socket",
    summary: "Does a socket wait at the probed address and port, in this network namespace?",
    reason: """
      The kernel answers a SYN only for a socket that listens on its port at its address. A socket on \
      127.0.0.1, on another address, on another device or in another network namespace answers a \
      local test and not the CLB.

      `[::]:80` in `netstat` may or may not take IPv4: that is the socket option `IPV6_V6ONLY`, which \
      nginx sets for every IPv6 `listen`. Neither `netstat` nor `/proc/net/tcp6` shows it; \
      sock_diag(7) does.
      """,
    reads: [
      "/proc/net/tcp, tcp6, udp, udp6", "sock_diag(7)", "/proc/PID/fd", "/proc/PID/ns/net",
      "/proc/PID/net/tcp of other network namespaces", "rtnetlink(7) addresses",
    ],
    findings: [
      declare(
        "missing", [.fail, .unknown], "no socket of this host listens on the probed port",
        "start the service"),
      declare(
        "loopback-only", [.fail, .unknown], "the service listens on a loopback address only",
        "let it listen on the private address or on 0.0.0.0"),
      declare(
        "other-address", [.fail, .unknown],
        "the service listens on another address than the probed one",
        "let it listen on the private address or on 0.0.0.0"),
      declare(
        "ipv6-only", [.fail, .unknown],
        "the service listens on IPv6 alone, and the probe comes by IPv4",
        "add an IPv4 socket, or clear IPV6_V6ONLY (nginx: `ipv6only=off`)"),
      declare(
        "other-device", [.fail, .unknown],
        "the socket is bound to a device that probes do not arrive on",
        "take the binding to the device away"),
      declare(
        "other-port", [.fail, .unknown], "services listen, but none on the probed port",
        "align the port of the real server, CheckPort and the service"),
      declare(
        "other-namespace", [.fail, .unknown],
        "the service listens in another network namespace, such as a container's",
        "publish the container's port on the host"),
    ],
    sources: [
      "https://www.tencentcloud.com/document/product/214/38451",
      "https://man7.org/linux/man-pages/man7/sock_diag.7.html",
      "https://man7.org/linux/man-pages/man7/ipv6.7.html",
    ])

  private static func declare(
    _ what: String, _ severities: [Severity], _ meaning: String, _ remedy: String
  ) -> FindingDeclaration {
    FindingDeclaration(
      id: FindingID(rawValue: "listening-socket.\(what)"), layer: .layer4, severities: severities,
      meaning: meaning, remedy: remedy)
  }
}
