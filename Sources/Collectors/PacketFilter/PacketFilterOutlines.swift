package import Host
package import PacketFilter

/// What each listing of rules holds, and what that says of the host as a whole.
package struct PacketFilterOutlines: Sendable, Hashable {
  package var legacyIPv4: Reading<RulesetOutline>
  package var legacyIPv6: Reading<RulesetOutline>
  package var nftables: Reading<RulesetOutline>
  package var compatibleIPv4: Reading<RulesetOutline>
  package var compatibleIPv6: Reading<RulesetOutline>

  package init(
    legacyIPv4: Reading<RulesetOutline>, legacyIPv6: Reading<RulesetOutline>,
    nftables: Reading<RulesetOutline>, compatibleIPv4: Reading<RulesetOutline>,
    compatibleIPv6: Reading<RulesetOutline>
  ) {
    self.legacyIPv4 = legacyIPv4
    self.legacyIPv6 = legacyIPv6
    self.nftables = nftables
    self.compatibleIPv4 = compatibleIPv4
    self.compatibleIPv6 = compatibleIPv6
  }

  /// All five, legacy first.
  package var all: [Reading<RulesetOutline>] {
    [legacyIPv4, legacyIPv6, nftables, compatibleIPv4, compatibleIPv6]
  }

  /// Whether anything here can touch a packet.
  ///
  /// Listings of iptables-nft repeat what nft lists, so where nft's was read their lack takes
  /// nothing away.
  package var presence: PacketFilterPresence {
    if all.contains(where: { $0.value?.isInert == false }) { return .something }
    let missing = [legacyIPv4, legacyIPv6, nftables].compactMap(\.reasonMissing)
    return missing.isEmpty ? .nothing : .unknown(missing)
  }

  /// The first rule that gives packets another destination, with its listing.
  ///
  /// `nil` also where a listing could not be read: ask `presence` too.
  package var redirection: (rule: String, source: Source)? {
    for case .value(let outline, let source) in all {
      if let rule = outline.redirection { return (rule, source) }
    }
    return nil
  }

  /// Whether a rule of any listing looks at a set of ipset(8).
  var useAddressSets: Bool { all.contains { $0.value?.usesAddressSets == true } }
}
