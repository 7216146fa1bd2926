import Addressing

extension RulesetModel {
  /// Whether any rule for packets of that family makes the kernel track connections.
  ///
  /// Without one the chains that translate addresses are not called; the kernel may still track for other users.
  func tracksConnections(_ family: IPAddress.Family) -> Bool {
    chains.contains { chain in
      let table = tables[chain.table]
      return table.family.sees(family)
        && chain.rules.contains { asksForTracking($0, family, in: table) }
    }
  }

  /// Whether a rule that refuses packets may be met by one that comes in.
  func refusesOnTheWayIn(_ family: IPAddress.Family) -> Bool {
    chains.contains { chain in
      let isOnTheWayIn = chain.base.map { $0.hook == .input || $0.hook == .prerouting } ?? true
      return isOnTheWayIn && tables[chain.table].family.sees(family)
        && chain.rules.contains { has($0, Self.nftRefusals, Self.iptablesRefusals) }
    }
  }

  private func asksForTracking(
    _ location: TextLocation, _ family: IPAddress.Family, in table: Table
  ) -> Bool {
    if has(location, Self.nftWords, Self.iptablesWords) { return true }
    guard has(location, Self.nftTranslations, nil) else { return false }
    // A translation of a table for both families tracks the packets of its own family alone:
    // `nft_nat_init` of net/netfilter/nft_nat.c.
    guard table.family == .inet,
      let other = Self.nftFamily[family == .ipv4 ? .ipv6 : .ipv4]
    else { return true }
    return !has(location, other, nil)
  }

  /// Whether one of the words stands in the rule.
  private func has(_ location: TextLocation, _ nft: RuleWords, _ iptables: RuleWords?) -> Bool {
    let listing = listings[Int(location.listing)]
    let words = listing.command == .nftJSON ? nft : iptables
    return words?.occur(in: listing.bytes, location.range) ?? false
  }

  private static let nftRefusals = RuleWords.ofJSON(["reject\"", "REJECT\""])
  private static let iptablesRefusals = RuleWords.ofSave(["REJECT"])

  private static let nftWords = RuleWords.ofJSON([
    "ct\"", "ct count\"", "ct helper\"", "ct timeout\"", "ct expectation\"", "masquerade\"",
    "redirect\"", "synproxy\"", "flow\"", "conntrack\"", "state\"", "connmark\"",
    "CONNMARK\"", "CT\"", "DNAT\"", "SNAT\"", "MASQUERADE\"", "REDIRECT\"",
  ])
  private static let nftTranslations = RuleWords.ofJSON(["dnat\"", "snat\""])
  /// The value of the member `family` of a translation.
  private static let nftFamily: [IPAddress.Family: RuleWords] = [
    .ipv4: .ofJSON(["ip\""]), .ipv6: .ofJSON(["ip6\""]),
  ]

  private static let iptablesWords = RuleWords.ofSave([
    "conntrack ", "state ", "connmark ", "CONNMARK", "CT ", "DNAT ", "SNAT ", "MASQUERADE",
    "REDIRECT", "helper ", "connlimit ", "connbytes ",
  ])
}
