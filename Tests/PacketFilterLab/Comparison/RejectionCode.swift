import Addressing

/// How a rejection arrives, as the prober tells it.
enum RejectionCode {
  private static let four = [
    "net-unreachable": "3/0", "no-route": "3/0", "host-unreachable": "3/1",
    "prot-unreachable": "3/2", "proto-unreachable": "3/2", "port-unreachable": "3/3",
    "net-prohibited": "3/9", "host-prohibited": "3/10", "admin-prohibited": "3/13",
  ]
  private static let six = [
    "no-route": "1/0", "adm-prohibited": "1/1", "admin-prohibited": "1/1",
    "addr-unreachable": "1/3", "host-unreachable": "1/3", "port-unreachable": "1/4",
    "policy-fail": "1/5", "reject-route": "1/6",
  ]

  /// The code of a rule's words, as `rst` of `tcp-reset` and `3/3` of `icmp-port-unreachable`.
  ///
  /// Words that it does not know are given back: they then differ from every code.
  static func of(_ words: String, _ family: IPAddress.Family) -> String {
    var text = words.replacing(" ", with: "-")
    if text == "tcp-reset" || text == "tcp-rst" { return "rst" }
    for prefix in ["icmpx-", "icmpv6-", "icmp6-", "icmp-", "type-"] where text.hasPrefix(prefix) {
      text.removeFirst(prefix.count)
    }
    return (family == .ipv4 ? four : six)[text] ?? words
  }
}
