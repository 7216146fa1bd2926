extension Case {
  /// Hosts whose packet filter lets every probe in, and no client: green, and nobody is served.
  static let clientFilters: [Case] = [
    clientFilter(
      "nftables lets the CLB's range in, and nobody else",
      """
      nft add table inet lab
      nft 'add chain inet lab only { type filter hook input priority 0; policy drop; }'
      nft add rule inet lab only iif lo accept
      nft add rule inet lab only ip saddr 100.64.0.0/10 accept
      """),
    clientFilter(
      "legacy iptables lets the CLB's range in, and drops by a rule",
      """
      iptables-legacy -A INPUT -i lo -j ACCEPT
      iptables-legacy -A INPUT -s 100.64.0.0/10 -j ACCEPT
      iptables-legacy -A INPUT -p tcp --dport 80 -j DROP
      """),
  ]

  private static func clientFilter(_ name: String, _ script: String) -> Case {
    Case(
      name, [.nginx(listen: "0.0.0.0:80"), .onMachine(script)],
      proofs: .probe(.status(200)), .client(.timeout),
      expected: .warns("packet-filter.drops-clients", saying: "all public IPv4 addresses"))
  }

  /// A page that takes three of four seconds: the next busy minute takes the fourth.
  static let nearTimeOut = Case(
    "three seconds to answer and four allowed", [.tcp("slow")], check: .http(seconds: 4),
    proofs: .probe(.status(200)), expected: .warns("application.slower-than-timeout"))
}
