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
    guard has(location, Self.nftTranslations, []) else { return false }
    // A translation of a table for both families tracks the packets of its own family alone:
    // `nft_nat_init` of net/netfilter/nft_nat.c.
    let other = Self.nftFamily[family == .ipv4 ? .ipv6 : .ipv4].map { [$0] } ?? []
    return table.family != .inet || !has(location, other, [])
  }

  /// Whether one of the words stands in the rule, of nft behind a quote, of iptables behind a blank.
  private func has(_ location: TextLocation, _ nft: [[UInt8]], _ iptables: [[UInt8]]) -> Bool {
    let listing = listings[Int(location.listing)]
    let words = listing.command == .nftJSON ? nft : iptables
    let mark: UInt8 = listing.command == .nftJSON ? UInt8(ascii: "\"") : 32
    var range = location.range
    while let start = ByteText.firstIndex(of: mark, in: listing.bytes, range) {
      let rest = listing.bytes[(start + 1)..<range.upperBound]
      if words.contains(where: { rest.starts(with: $0) }) { return true }
      range = start + 1..<range.upperBound
    }
    return false
  }

  private static let nftRefusals = ["reject\"", "REJECT\""].map { Array($0.utf8) }
  private static let iptablesRefusals = ["REJECT"].map { Array($0.utf8) }

  private static let nftWords = [
    "ct\"", "ct count\"", "ct helper\"", "ct timeout\"", "ct expectation\"", "masquerade\"",
    "redirect\"", "synproxy\"", "flow\"", "conntrack\"", "state\"", "connmark\"",
    "CONNMARK\"", "CT\"", "DNAT\"", "SNAT\"", "MASQUERADE\"", "REDIRECT\"",
  ].map { Array($0.utf8) }

  private static let nftTranslations = ["dnat\"", "snat\""].map { Array($0.utf8) }
  /// The value of the member `family` of a translation.
  private static let nftFamily: [IPAddress.Family: [UInt8]] = [
    .ipv4: Array("ip\"".utf8), .ipv6: Array("ip6\"".utf8),
  ]

  private static let iptablesWords = [
    "conntrack ", "state ", "connmark ", "CONNMARK", "CT ", "DNAT ", "SNAT ", "MASQUERADE",
    "REDIRECT",
    "helper ", "connlimit ", "connbytes ",
  ].map { Array($0.utf8) }
}
