extension PacketFilterCheck {
  package static let declaration = CheckDeclaration(
    name: "packet-filter",
    summary: "Which rule of the packet filter takes which of the probe's sources?",
    reason: """
      A rule that drops or rejects 100.64.0.0/10, or all addresses but some, takes the probe before \
      any socket sees it, and no counter but the rule's own moves. Such rules come from firewalld, \
      ufw, Docker, fail2ban, Tailscale's `ts-input`, a security agent, or by hand; legacy iptables and \
      nf_tables rules are all in force together.

      All rules are followed as the kernel runs them, in the order of their hooks and priorities, for \
      the whole range of sources at once, and so is the answer's way out. Where a rule holds something \
      that is not understood, and that could change what becomes of the probe, the verdict is \
      "unknown", and says of what. A connection from the host to itself decides nothing, for it comes \
      in by `lo`.

      Clients come with addresses of their own, so rules that let 100.64.0.0/10 in and little else leave \
      the check green and clients outside. The rules are therefore asked once more, for all addresses and \
      the backend port. It is a warning, apart from the probe's verdict, when more than half of all public \
      addresses are stopped behind a public CLB, and every private one (RFC 1918, fc00::/7) behind an \
      internal one; where nobody says which kind the CLB is, both must be so. For clients that the settings \
      name (`clients`), and for 100.127.0.0/16 behind a layer-7 listener with `KeepaliveEnable`, it is more \
      than half of these. Less, as of a ban list, is told without a warning. Addresses that no host has \
      (RFC 6890) count for nothing. Where the listings are over 256 KiB, 512 addresses of each kind, evenly \
      spread, stand for all, and the sentence says so.
      """,
    reads: [
      "iptables-legacy-save, ip6tables-legacy-save", "nft -j list ruleset",
      "iptables-nft-save, ip6tables-nft-save", "ipset save", "rtnetlink(7) addresses and routes",
    ],
    findings: [
      declare(
        "drops-probe", [.fail], "a rule or a policy drops every probe",
        "let the probes' sources come to the port, by a rule before that one"),
      declare(
        "rejects-probe", [.fail], "a rule refuses every probe with a reset or an ICMP error",
        "let the probes' sources come to the port, by a rule before that one"),
      declare(
        "drops-some-sources", [.warn], "a rule stops the probes of some sources",
        "let the probes' sources come to the port, by a rule before that one"),
      declare(
        "rate-limits-probe", [.warn],
        "a match that changes from packet to packet decides what becomes of the probe",
        "let the probes' sources come to the port, by a rule before that one"),
      declare(
        "drops-reply", [.fail], "the probe comes in, and a rule drops the answer",
        "let answers to the probes' sources leave"),
      declare(
        "drops-clients", [.warn],
        "probes get in, and most of the clients do not: the check is green, and nobody is served",
        "let clients come to the port, by a rule before that one"),
      declare(
        "drops-some-clients", [.info], "a rule stops some addresses that clients may have",
        "nothing, if that is a ban list or meant so; else read the rule that is named"),
      declare(
        "undecided", [.unknown], "a rule that is not understood may take the probe",
        "read the rule that is named"),
      declare(
        "unreadable", [.unknown], "the rules could not be read",
        "run as root, or install the tool that lists them"),
    ],
    sources: [
      "https://www.tencentcloud.com/document/product/214/54819",
      "https://www.tencentcloud.com/document/product/214/38451",
      "https://www.tencentcloud.com/document/product/214/3728",
      "https://www.tencentcloud.com/document/product/214/32515",
      "https://www.rfc-editor.org/rfc/rfc6890",
      "https://wiki.nftables.org/wiki-nftables/index.php/Netfilter_hooks",
    ])

  private static func declare(
    _ what: String, _ severities: [Severity], _ meaning: String, _ remedy: String
  ) -> FindingDeclaration {
    FindingDeclaration(
      id: FindingID(rawValue: "packet-filter.\(what)"), layer: .layer4, severities: severities,
      meaning: meaning, remedy: remedy)
  }
}
