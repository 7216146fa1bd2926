extension Skeletons {
  /// Zones in nft's words, with goto into a zone and a rejection at the end.
  static let firewalld = Table(
    dialect: .nftables(family: "inet"), name: "firewalld",
    chains: [
      base(
        "filter_PREROUTING", "filter", "prerouting", -290,
        [
          rule("icmpv6 type { nd-router-advert, nd-neighbor-solicit }", "accept"),
          rule("meta nfproto ipv6", "fib saddr . mark . iif oif missing", "drop"),
        ]),
      base("nat_PREROUTING", "nat", "prerouting", -90, [jump("jump nat_ZONES")]),
      base(
        "filter_INPUT", "filter", "input", 10,
        [
          rule("ct state { established, related }", "accept"), rule("ct status dnat", "accept"),
          rule("iifname \"lo\"", "accept"), jump("jump filter_ZONES"),
          rule("ct state { invalid }", "drop"), rule("reject with icmpx admin-prohibited"),
        ]),
      base(
        "filter_FORWARD", "filter", "forward", 10,
        [
          rule("ct state { established, related }", "accept"), rule("ct status dnat", "accept"),
          rule("iifname \"lo\"", "accept"), rule("reject with icmpx admin-prohibited"),
        ]),
      Chain(name: "nat_ZONES", rules: [jump("iifname \"eth0\"", "goto nat_public")]),
      Chain(name: "nat_public", rules: [rule("tcp dport 8080", "redirect to :80")]),
      Chain(
        name: "filter_ZONES",
        rules: [
          jump("ip saddr 10.0.0.0/8", "goto filter_trusted"),
          jump("iifname \"eth0\"", "goto filter_public"), jump("goto filter_public"),
        ]),
      Chain(name: "filter_trusted", rules: [rule("accept")]),
      Chain(
        name: "filter_public",
        rules: [
          jump("jump filter_public_deny"), jump("jump filter_public_allow"),
          rule("meta l4proto { icmp, ipv6-icmp }", "accept"),
        ]),
      Chain(name: "filter_public_deny", rules: [rule("ip saddr 100.64.1.0/24", "reject")]),
      Chain(
        name: "filter_public_allow",
        rules: [
          rule("tcp dport 22", "accept"), rule("tcp dport 80", "accept"),
          rule("ip saddr 203.0.113.0/24", "udp dport 53", "accept"),
        ]),
    ])

  /// A router's table with verdict maps and set-driven bans.
  static let router = Table(
    dialect: .nftables(family: "inet"), name: "router",
    sets: [
      NamedSet(
        kind: .set, name: "banned",
        declarations: ["type ipv4_addr", "flags interval,timeout", "auto-merge"],
        elements: ["100.96.0.0/11", "100.64.1.7 timeout 1h", "198.51.100.7"]),
      NamedSet(
        kind: .map, name: "services", declarations: ["type inet_proto . inet_service : verdict"],
        elements: [
          "tcp . 80 : accept", "tcp . 443 : goto limited", "udp . 53 : accept", "tcp . 22 : drop",
        ]),
      NamedSet(
        kind: .map, name: "published",
        declarations: ["type inet_service : ipv4_addr . inet_service"],
        elements: ["8080 : 172.17.0.2 . 80", "8443 : 10.1.0.9 . 443"]),
    ],
    chains: [
      base(
        "prerouting", "nat", "prerouting", -100,
        [rule("fib daddr type local", "dnat ip to tcp dport map @published")]),
      base(
        "input", "filter", "input", 0,
        [
          rule("ct state vmap { established : accept, related : accept, invalid : drop }"),
          rule("iifname \"lo\"", "accept"),
          jump("iifname vmap { \"eth0\" : jump wan, \"eth1\" : jump lan }", to: ["wan", "lan"]),
        ], .drop),
      base(
        "forward", "filter", "forward", 0,
        [
          rule("ct status dnat", "accept"), rule("ct state established,related", "accept"),
          rule("iifname \"eth0\"", "oifname \"eth1\"", "ip saddr != @banned", "accept"),
        ], .drop),
      Chain(
        name: "limited",
        rules: [rule("ip saddr 100.64.0.0/11", "accept"), rule("reject with tcp reset")]),
      Chain(
        name: "wan",
        rules: [
          rule("ip saddr @banned", "drop"), rule("icmp type echo-request", "accept"),
          jump("meta l4proto . th dport vmap @services", to: ["limited"]),
        ]),
      Chain(name: "lan", rules: [rule("accept")]),
    ])

  static let nftables = [firewalld, router]

  private static func base(
    _ name: String, _ type: String, _ hook: String, _ priority: Int, _ rules: [Rule],
    _ policy: Chain.Policy = .accept
  ) -> Chain {
    Chain(
      name: name, hook: .init(type: type, name: hook, priority: priority), policy: policy,
      rules: rules)
  }

  /// A rule whose last words are its action.
  private static func rule(_ words: String...) -> Rule {
    Rule(clauses: words.dropLast().map { Clause($0) }, action: words.last.map { Clause($0) })
  }

  /// A rule that sends to the chain its last word names, or to those given.
  private static func jump(_ words: String..., to targets: [String] = []) -> Rule {
    let last = words.last.flatMap { $0.split(separator: " ").last }.map(String.init)
    return Rule(
      clauses: words.dropLast().map { Clause($0) }, action: words.last.map { Clause($0) },
      targets: targets.isEmpty ? last.map { [$0] } ?? [] : targets)
  }
}
