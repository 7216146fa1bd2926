/// The listings of a host's packet filters, each as bytes or as the reason why it is missing.
package struct FilterListings: Sendable {
  /// One listing.
  package enum Text: Sendable, Hashable {
    /// All that the command wrote.
    case bytes([UInt8])
    /// The host has nothing of that kind: the kernel has no such tables.
    case none
    /// It may have, and could not be read; why.
    case missing(String)
  }

  /// `nft -j list ruleset`.
  package var nftJSON: Text
  /// `iptables-legacy-save -c` or without counters.
  package var legacySave4: Text
  /// `ip6tables-legacy-save`.
  package var legacySave6: Text
  /// `iptables-nft-save`.
  package var nftSave4: Text
  /// `ip6tables-nft-save`.
  package var nftSave6: Text
  /// `ipset save`.
  package var ipsetSave: Text

  /// The listings; those left out are of a host that has nothing of the kind.
  package init(
    nftJSON: Text = .none, legacySave4: Text = .none, legacySave6: Text = .none,
    nftSave4: Text = .none, nftSave6: Text = .none, ipsetSave: Text = .none
  ) {
    self.nftJSON = nftJSON
    self.legacySave4 = legacySave4
    self.legacySave6 = legacySave6
    self.nftSave4 = nftSave4
    self.nftSave6 = nftSave6
    self.ipsetSave = ipsetSave
  }
}
