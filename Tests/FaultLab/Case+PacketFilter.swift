extension Case {
  /// Hosts whose packet filter takes the probe, whatever the application says on `lo`.
  static let packetFilters: [Case] = [
    packetFilter(
      "nftables drops the CLB's range", .timeout, ruleset(rule: "ip saddr 100.64.0.0/10 drop"),
      .fails("packet-filter.drops-probe", saying: "100.64.0.0/10", showing: "drop")),
    packetFilter(
      "an nftables chain without any rule drops by its policy", .timeout,
      ruleset(rule: nil, policy: "drop"), .fails("packet-filter.drops-probe", saying: "policy")),
    packetFilter(
      "nftables drops on the device, which its JSON does not name", .timeout,
      """
      nft add table netdev lab
      nft 'add chain netdev lab early { type filter hook ingress device eth0 priority 0; }'
      nft add rule netdev lab early ip saddr 100.64.0.0/10 drop
      """, .leavesOpen("packet-filter.undecided", saying: "ingress")),
    packetFilter(
      "nftables drops the reply", .timeout,
      ruleset(hook: "output", rule: "ip daddr 100.64.0.0/10 drop"),
      .fails("packet-filter.drops-reply", showing: "drop")),
    packetFilter(
      "legacy iptables drops the CLB's range", .timeout,
      "iptables-legacy -A INPUT -s 100.64.0.0/10 -j DROP",
      .fails("packet-filter.drops-probe", showing: "-A INPUT -s 100.64.0.0/10 -j DROP")),
    packetFilter(
      "legacy iptables drops by its policy, without any rule", .timeout,
      "iptables-legacy -P INPUT DROP",
      .fails("packet-filter.drops-probe", showing: ":INPUT DROP")),
    packetFilter(
      "Tailscale's rule drops the range that is not its own", .timeout,
      """
      iptables-nft -N ts-input
      iptables-nft -A INPUT -j ts-input
      iptables-nft -A ts-input -s 100.115.92.0/23 ! -i tailscale0 -j RETURN
      iptables-nft -A ts-input -s 100.64.0.0/10 ! -i tailscale0 -j DROP
      """, .warns("packet-filter.drops-some-sources")),
    packetFilter(
      "iptables on nf_tables rejects the port", .refused,
      "iptables-nft -A INPUT -s 100.64.0.0/10 -p tcp --dport 80 -j REJECT --reject-with tcp-reset",
      .fails("packet-filter.rejects-probe", saying: "tcp-reset", showing: "--dport 80")),
    packetFilter(
      "an ipset holds the CLB's range", .timeout,
      """
      ipset create banned hash:net
      ipset add banned 100.64.0.0/10
      iptables-legacy -A INPUT -m set --match-set banned src -j DROP
      """, .fails("packet-filter.drops-probe", showing: "banned")),
    packetFilter(
      "two filters drop the CLB's range", .timeout,
      """
      iptables-legacy -A INPUT -s 100.64.0.0/10 -j DROP
      \(ruleset(rule: "ip saddr 100.64.0.0/10 drop"))
      """, .fails("packet-filter.drops-probe", "packet-filter.undecided")),
  ]

  /// A probe comes in, and the agent's own connection does not: its answer comes back in by `lo`.
  static let closedToItself = Case(
    "nftables lets in what goes to the port, and no answer to the host itself",
    [
      .nginx(listen: "0.0.0.0:80"),
      .onMachine(ruleset(rule: "tcp dport 80 accept", policy: "drop")),
    ], proofs: .probe(.status(200)),
    expected: .leavesOpen("application.no-answer", saying: "the agent's own connection"))

  /// Hosts where there is a packet filter, and nothing in it takes a probe.
  static let emptyPacketFilters: [Case] = [
    passing("an nftables chain without a rule that accepts", ruleset(rule: nil)),
    passing("nftables lets everything through, by a rule", ruleset(rule: "accept")),
    passing(
      "nftables lets new connections to the port in, and nothing else",
      ruleset(rule: "tcp dport 80 accept", policy: "drop")
        + "\nnft add rule ip lab only ct state established accept"),
    Case(
      "nftables redirects the port to where nginx listens",
      [
        .nginx(listen: "0.0.0.0:8080"),
        .onMachine(
          """
          nft add table ip lab
          nft 'add chain ip lab in { type nat hook prerouting priority -100; }'
          nft 'add chain ip lab own { type nat hook output priority -100; }'
          nft add rule ip lab in tcp dport 80 redirect to :8080
          nft add rule ip lab own tcp dport 80 redirect to :8080
          """),
      ], proofs: .probe(.status(200)), expected: .healthy),
    passing(
      "iptables drops another range",
      "iptables-legacy -A INPUT -s 192.0.2.0/24 -j DROP"),
  ]

  private static func passing(_ name: String, _ script: String) -> Case {
    Case(
      name, [.nginx(listen: "0.0.0.0:80"), .onMachine(script)], proofs: .probe(.status(200)),
      expected: .healthy)
  }

  private static func packetFilter(
    _ name: String, _ end: ProbeEnd, _ script: String, _ expected: Expectation
  ) -> Case {
    Case(
      name, [.nginx(listen: "0.0.0.0:80"), .onMachine(script)], proofs: .probe(end),
      expected: expected)
  }

  /// A script that makes one chain, with this rule if there is one.
  private static func ruleset(
    hook: String = "input", rule: String?, policy: String = "accept"
  ) -> String {
    """
    nft add table ip lab
    nft 'add chain ip lab only { type filter hook \(hook) priority 0; policy \(policy); }'
    \(rule.map { "nft add rule ip lab only \($0)" } ?? "")
    """
  }
}
