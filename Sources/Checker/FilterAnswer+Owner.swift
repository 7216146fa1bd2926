import Collectors
import PacketFilter

extension FilterAnswer {
  /// Whose rule it is, as far as the names of its table and chain tell.
  var owner: PacketFilterOwner? {
    let words = (place ?? "").split(separator: " ").map(String.init)
    guard words.count >= 4, let chain else { return nil }
    let isNft = words[0] == "nft"
    let table = isNft ? words[2] : words[1]
    return (isNft ? PacketFilterOwner(table: table) : nil) ?? PacketFilterOwner(chain: chain)
      ?? (fail2banSet == nil ? nil : .fail2ban)
  }

  /// The zone of firewalld whose chain holds the rule: `filter_IN_public_deny`, or `IN_public_deny` of its
  /// iptables back end.
  var firewalldZone: String? {
    guard owner == .firewalld else { return nil }
    return chain.flatMap { FirewalldChain($0) }?.zone
  }

  /// The jail of fail2ban whose rule it is, by its chain or the set that it looks at.
  var fail2banJail: String? {
    guard owner == .fail2ban else { return nil }
    if let fail2banSet { return fail2banSet }
    guard let chain, chain.hasPrefix("f2b-"), chain != "f2b-chain" else { return nil }
    return String(chain.dropFirst(4))
  }

  /// The name of the set behind `--match-set f2b-` or `@addr-set-`, which is its jail's; with `6` behind it for
  /// IPv6.
  private var fail2banSet: String? {
    for mark in ["--match-set f2b-", "@addr-set-", "@addr6-set-"] {
      guard let start = rule?.firstRange(of: mark)?.upperBound else { continue }
      let name = rule?[start...].prefix { $0 != " " && $0 != "}" } ?? ""
      if !name.isEmpty { return String(name) }
    }
    return nil
  }

  private var chain: String? {
    let words = (place ?? "").split(separator: " ").map(String.init)
    guard words.count >= 4 else { return nil }
    return words[0] == "nft" ? words[3] : words[2]
  }
}

/// A chain that firewalld makes for what comes in to a zone.
struct FirewalldChain {
  let zone: String
  /// Whether it holds what the zone allows.
  let allows: Bool

  /// `nil` for a name of another form, among them those of policies, which are between zones.
  init?(_ name: String) {
    guard let start = ["filter_IN_", "IN_"].first(where: { name.hasPrefix($0) }) else { return nil }
    let rest = name.dropFirst(start.count)
    let part = ["_pre", "_log", "_deny", "_allow", "_post"].first { rest.hasSuffix($0) } ?? ""
    let zone = rest.dropLast(part.count)
    guard !zone.isEmpty, !zone.hasPrefix("policy_") else { return nil }
    self.zone = String(zone)
    allows = part == "_allow"
  }
}

extension PacketFilterOwner {
  /// The owner as people call it.
  var words: String {
    switch self {
    case .tencentHostSecurity: "Tencent's host security agent"
    case .tailscale: "Tailscale"
    case .docker: "Docker"
    case .kubernetes: "Kubernetes"
    case .handWritten: "hand-written"
    case .firewalld, .ufw, .podman, .libvirt, .fail2ban: rawValue
    }
  }
}
