import Host
package import PacketFilter

extension PacketFilterListings {
  /// The listings as the evaluator takes them.
  ///
  /// What iptables-nft would print stands in nft's listing too, with some matches hidden. So where nft's
  /// was read, a listing of iptables-nft that is missing leaves those rules open, and no others.
  package var forEvaluation: FilterListings {
    let isListed = nftables.value != nil
    return FilterListings(
      nftJSON: nftables.text, legacySave4: legacyIPv4.text, legacySave6: legacyIPv6.text,
      nftSave4: isListed ? compatibleIPv4.textIfRead : compatibleIPv4.text,
      nftSave6: isListed ? compatibleIPv6.textIfRead : compatibleIPv6.text,
      ipsetSave: sets?.textIfRead ?? .none)
  }
}

extension Reading where Value == [UInt8] {
  fileprivate var text: FilterListings.Text {
    guard let bytes = value else { return .missing(reasonMissing ?? "") }
    return bytes.isEmpty ? .none : .bytes(bytes)
  }

  fileprivate var textIfRead: FilterListings.Text { value == nil ? .none : text }
}
