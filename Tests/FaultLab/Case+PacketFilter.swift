extension Case {
  /// Hosts whose packet filter takes the probe, or could: what its rules do is not decided yet, and
  /// so the verdict is open, whatever the application says on `lo`.
  static let packetFilters: [Case] = [
    packetFilter(
      "nftables drops the CLB's range", .timeout, ruleset(rule: "ip saddr 100.64.0.0/10 drop")),
    packetFilter(
      "an nftables chain without any rule drops by its policy", .timeout,
      ruleset(rule: nil, policy: "drop")),
    packetFilter(
      "nftables drops on the device, before the address is looked at", .timeout,
      """
      nft add table netdev lab
      nft 'add chain netdev lab early { type filter hook ingress device eth0 priority 0; }'
      nft add rule netdev lab early ip saddr 100.64.0.0/10 drop
      """),
    packetFilter(
      "nftables drops the reply", .timeout,
      ruleset(hook: "output", rule: "ip daddr 100.64.0.0/10 drop")),
    packetFilter(
      "legacy iptables drops the CLB's range", .timeout,
      "iptables-legacy -A INPUT -s 100.64.0.0/10 -j DROP"),
    packetFilter(
      "legacy iptables drops by its policy, without any rule", .timeout,
      "iptables-legacy -P INPUT DROP"),
    packetFilter(
      "iptables on nf_tables rejects the port", .refused,
      "iptables-nft -A INPUT -s 100.64.0.0/10 -p tcp --dport 80 -j REJECT --reject-with tcp-reset"),
    packetFilter(
      "nftables lets everything through, by a rule", .status(200), ruleset(rule: "accept")),
  ]

  /// Hosts where there is a packet filter, and nothing in it that could take a probe.
  static let emptyPacketFilters: [Case] = [
    Case(
      "an nftables chain without a rule that accepts",
      [.nginx(listen: "0.0.0.0:80"), .onMachine(ruleset(rule: nil))], proofs: .probe(.status(200)),
      expected: .healthy)
  ]

  private static func packetFilter(_ name: String, _ end: ProbeEnd, _ script: String) -> Case {
    Case(
      name, [.nginx(listen: "0.0.0.0:80"), .onMachine(script)], proofs: .probe(end),
      expected: .leavesOpen("packet-filter.undecided"))
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
