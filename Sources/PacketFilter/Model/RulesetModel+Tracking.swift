import Addressing

extension RulesetModel {
  /// Whether any rule for packets of that family makes the kernel track connections.
  ///
  /// Without one the chains that translate addresses are not called; the kernel may still track for other users.
  func tracksConnections(_ family: IPAddress.Family) -> Bool {
    chains.contains { chain in
      tables[chain.table].family.sees(family)
        && chain.rules.contains { asksForTracking($0) }
    }
  }

  private func asksForTracking(_ location: TextLocation) -> Bool {
    let listing = listings[Int(location.listing)]
    let words = listing.command == .nftJSON ? Self.nftWords : Self.iptablesWords
    let quote: UInt8 = listing.command == .nftJSON ? UInt8(ascii: "\"") : 32
    var range = location.range
    while let start = ByteText.firstIndex(of: quote, in: listing.bytes, range) {
      let rest = listing.bytes[(start + 1)..<range.upperBound]
      if words.contains(where: { rest.starts(with: $0) }) { return true }
      range = start + 1..<range.upperBound
    }
    return false
  }

  private static let nftWords = [
    "ct\"", "ct count\"", "ct helper\"", "ct timeout\"", "ct expectation\"", "dnat\"", "snat\"",
    "masquerade\"", "redirect\"", "synproxy\"", "flow\"", "conntrack\"", "state\"", "connmark\"",
    "CONNMARK\"", "CT\"", "DNAT\"", "SNAT\"", "MASQUERADE\"", "REDIRECT\"",
  ].map { Array($0.utf8) }

  private static let iptablesWords = [
    "conntrack ", "state ", "connmark ", "CONNMARK", "CT ", "DNAT ", "SNAT ", "MASQUERADE",
    "REDIRECT",
    "helper ", "connlimit ", "connbytes ",
  ].map { Array($0.utf8) }
}
