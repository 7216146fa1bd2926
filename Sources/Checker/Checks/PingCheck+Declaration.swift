extension PingCheck {
  package static let declaration = CheckDeclaration(
    name: "ping",
    summary: "Does this host answer the ping of a UDP listener's health check?",
    reason: """
      The default check of a UDP listener (`PING`) is an ICMP echo request to the real server, which must \
      be answered within `TimeOut`. Hosts are told not to answer by `icmp_echo_ignore_all`, or drop ICMP by a \
      rule, and serve UDP well all the same: then the CLB calls them "Unhealthy". Of the check of a \
      UDP port (`CUSTOM`) some documents say that it pings too, so there it is a warning.

      The kernel's setting is read, and the packet filter's rules are asked for echo requests from the \
      probes' sources and for the replies to them. The agent also pings its own address, where \
      `net.ipv4.ping_group_range` allows that; such a ping goes by `lo` and proves the kernel's setting \
      alone.

      The check of a UDP port fails by ICMP port-unreachable, and Linux sends few of these a second: a \
      dead service may look healthy.
      """,
    reads: [
      "/proc/sys/net/ipv4/icmp_echo_ignore_all", "/proc/sys/net/ipv6/icmp/echo_ignore_all",
      "/proc/sys/net/ipv4/icmp_ratelimit, icmp_ratemask", "the packet filter's rules",
      "ICMP echo of the target's address",
    ],
    findings: [
      declare(
        "ignored", [.fail, .warn, .unknown], "the kernel is told to answer no ping",
        "set net.ipv4.icmp_echo_ignore_all to 0"),
      declare(
        "filtered", [.fail, .warn, .unknown],
        "a rule of the packet filter stops the ping, or the reply to it",
        "let the probes' sources ping this host, by a rule before that one"),
      declare(
        "no-reply", [.unknown, .info],
        "the agent's own ping is not answered, and neither the kernel's setting nor a rule says why",
        "ping the host from another one of its network"),
      declare(
        "unreachable-limited", [.info],
        "the kernel limits ICMP port-unreachable, so the check may miss that the port is dead",
        "take bit 3 out of net.ipv4.icmp_ratemask, or let the check expect an answer (CUSTOM)"),
    ],
    sources: [
      "https://www.tencentcloud.com/document/product/214/6097",
      "https://www.tencentcloud.com/document/product/214/39251",
      "https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html",
    ])

  private static func declare(
    _ what: String, _ severities: [Severity], _ meaning: String, _ remedy: String
  ) -> FindingDeclaration {
    FindingDeclaration(
      id: FindingID(rawValue: "ping.\(what)"), layer: .layer4, severities: severities,
      meaning: meaning, remedy: remedy)
  }
}
