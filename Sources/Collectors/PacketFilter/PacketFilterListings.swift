import Addressing
package import Host
import PacketFilter

/// All rules that the kernel filters packets by, as the tools list them.
///
/// A listing that is known to hold nothing is an empty value, from the file or command that shows
/// it: its tool is not run, for asking would make the kernel load a module or register a table. So
/// "absent" always means that rules may exist and the tool that lists them does not.
package struct PacketFilterListings: Sendable, Hashable {
  /// `iptables-legacy-save`.
  package let legacyIPv4: Reading<[UInt8]>
  /// `ip6tables-legacy-save`.
  package let legacyIPv6: Reading<[UInt8]>
  /// `nft -j list ruleset`: every nf_tables rule of all families, those of iptables-nft among them.
  package let nftables: Reading<[UInt8]>
  /// `iptables-nft-save`: tells the matches that nft's JSON hides.
  package let compatibleIPv4: Reading<[UInt8]>
  /// `ip6tables-nft-save`.
  package let compatibleIPv6: Reading<[UInt8]>
  /// `ipset save`; `nil` where no rule looks at a set, so that none was read.
  package let sets: Reading<[UInt8]>?
  /// What the five listings of rules hold.
  package let outlines: PacketFilterOutlines

  /// Listings that were read before, with their outlines taken from them.
  package init(
    legacyIPv4: Reading<[UInt8]>, legacyIPv6: Reading<[UInt8]>, nftables: Reading<[UInt8]>,
    compatibleIPv4: Reading<[UInt8]>, compatibleIPv6: Reading<[UInt8]>,
    sets: Reading<[UInt8]>? = nil
  ) {
    self.init(
      legacyIPv4: legacyIPv4, legacyIPv6: legacyIPv6, nftables: nftables,
      compatibleIPv4: compatibleIPv4, compatibleIPv6: compatibleIPv6, sets: sets,
      outlines: PacketFilterOutlines(
        legacyIPv4: legacyIPv4.outlineOfSave, legacyIPv6: legacyIPv6.outlineOfSave,
        nftables: nftables.outlineOfNFT, compatibleIPv4: compatibleIPv4.outlineOfSave,
        compatibleIPv6: compatibleIPv6.outlineOfSave))
  }

  private init(
    legacyIPv4: Reading<[UInt8]>, legacyIPv6: Reading<[UInt8]>, nftables: Reading<[UInt8]>,
    compatibleIPv4: Reading<[UInt8]>, compatibleIPv6: Reading<[UInt8]>, sets: Reading<[UInt8]>?,
    outlines: PacketFilterOutlines
  ) {
    self.legacyIPv4 = legacyIPv4
    self.legacyIPv6 = legacyIPv6
    self.nftables = nftables
    self.compatibleIPv4 = compatibleIPv4
    self.compatibleIPv6 = compatibleIPv6
    self.sets = sets
    self.outlines = outlines
  }

  /// Lists everything, tools that do not need each other's answer at the same time.
  ///
  /// Needs `CAP_NET_ADMIN`, and `CAP_NET_RAW` besides for legacy rules. On a host without rules it
  /// runs one command or none; with rules on both sides six, of some milliseconds each.
  package static func read(from door: some HostDoor) async -> PacketFilterListings {
    let tools = ListingTools(door: door)
    async let legacyIPv4 = tools.readLegacy(.ipv4)
    async let legacyIPv6 = tools.readLegacy(.ipv6)
    let nftables = await tools.readNFTables()
    let native = nftables.outlineOfNFT
    async let compatibleIPv4 = tools.readCompatible(.ipv4, beside: native)
    async let compatibleIPv6 = tools.readCompatible(.ipv6, beside: native)
    let legacy = await (legacyIPv4.namingRawSocket(nftables), legacyIPv6.namingRawSocket(nftables))
    let compatible = await (compatibleIPv4, compatibleIPv6)
    let outlines = PacketFilterOutlines(
      legacyIPv4: legacy.0.outlineOfSave, legacyIPv6: legacy.1.outlineOfSave, nftables: native,
      compatibleIPv4: compatible.0.outlineOfSave, compatibleIPv6: compatible.1.outlineOfSave)
    let sets = outlines.useAddressSets ? await tools.readSets() : nil
    return PacketFilterListings(
      legacyIPv4: legacy.0, legacyIPv6: legacy.1, nftables: nftables,
      compatibleIPv4: compatible.0, compatibleIPv6: compatible.1, sets: sets, outlines: outlines)
  }
}

extension Reading where Value == [UInt8] {
  /// A refusal with the capability that is really missing.
  ///
  /// The legacy tools say the same for either of the two that they need. Where nf_tables was
  /// listed, the first of them is there.
  fileprivate func namingRawSocket(_ nftables: Reading<[UInt8]>) -> Reading<[UInt8]> {
    guard case .denied(let source, needs: .netAdmin) = self, case .value(_, .command) = nftables
    else { return self }
    return .denied(source, needs: .netRaw)
  }

  fileprivate var outlineOfSave: Reading<RulesetOutline> {
    outline { bytes throws(ListingFailure) in try RulesetOutline(parsingSave: bytes) }
  }

  fileprivate var outlineOfNFT: Reading<RulesetOutline> {
    outline { bytes throws(ListingFailure) in try RulesetOutline(parsingNFT: bytes) }
  }

  private func outline(
    _ parse: ([UInt8]) throws(ListingFailure) -> RulesetOutline
  ) -> Reading<RulesetOutline> {
    parsed { bytes throws(ParseFailure) in
      do throws(ListingFailure) {
        return try parse(bytes)
      } catch {
        throw ParseFailure(line: error.line, found: error.found, expected: error.expected)
      }
    }
  }
}
