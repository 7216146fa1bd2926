package import Host
import PacketFilter

/// The owners whose rules are in the kernel now, whatever services say.
package struct ActiveOwners: Sendable, Hashable {
  /// One entry an owner, in the order of `PacketFilterOwner`.
  package var owners: [ActiveOwner]

  /// An owner with the line that shows it.
  package struct ActiveOwner: Sendable, Hashable {
    package var owner: PacketFilterOwner
    /// The chain, table or rule in the listing's own words.
    package var evidence: String
    package var source: Source

    package init(owner: PacketFilterOwner, evidence: String, source: Source) {
      self.owner = owner
      self.evidence = evidence
      self.source = source
    }
  }

  /// The owners in all listings that were read.
  ///
  /// Rules are taken to be hand-written where a base chain has some, or a policy that does not
  /// accept, and the listing shows no owner at all: an owner's own jumps and policies stand in base
  /// chains too.
  package init(_ outlines: PacketFilterOutlines) {
    var found: [PacketFilterOwner: ActiveOwner] = [:]
    for case .value(let outline, let source) in outlines.all {
      let owners = ActiveOwners.owners(in: outline, source: source)
      for owner in owners where found[owner.owner] == nil { found[owner.owner] = owner }
    }
    owners = PacketFilterOwner.allCases.compactMap { found[$0] }
  }

  package subscript(owner: PacketFilterOwner) -> ActiveOwner? {
    owners.first { $0.owner == owner }
  }

  private static func owners(in outline: RulesetOutline, source: Source) -> [ActiveOwner] {
    var owners: [ActiveOwner] = []
    for table in outline.tables {
      guard let name = table.split(separator: " ").last,
        let owner = PacketFilterOwner(table: String(name))
      else { continue }
      owners.append(ActiveOwner(owner: owner, evidence: "table \(table)", source: source))
    }
    for chain in outline.chains where !chain.isBase {
      guard let owner = PacketFilterOwner(chain: chain.name) else { continue }
      owners.append(ActiveOwner(owner: owner, evidence: chain.evidence, source: source))
    }
    if owners.isEmpty, let evidence = handWrittenEvidence(in: outline) {
      owners.append(ActiveOwner(owner: .handWritten, evidence: evidence, source: source))
    }
    return owners
  }

  private static func handWrittenEvidence(in outline: RulesetOutline) -> String? {
    outline.baseChains.compactMap(\.firstRule).first
      ?? outline.nonAcceptingChains.first?.evidence
  }
}
