import Addressing

/// The packet filters of a host, ready to be asked.
///
/// Making it finds tables, chains, rules and sets in the listings; rules and elements are parsed when first needed.
package struct PacketFilterRules: Sendable {
  var model = RulesetModel()
  /// The listings that could not be parsed, with the place.
  package private(set) var failures: [Failure] = []

  /// A listing that could not be parsed.
  package struct Failure: Sendable, Hashable {
    /// The command that wrote it.
    package var command: String
    /// Where it stops being a listing.
    package var failure: ListingFailure
  }

  /// The rules of those listings; a missing or broken one makes answers undecided, with the reason.
  package init(listings: FilterListings) {
    addIpsets(listings.ipsetSave)
    addNft(listings.nftJSON)
    let hasNft: Bool = if case .bytes = listings.nftJSON { true } else { false }
    addSaved(listings.nftSave4, .nftSave4, .ipv4, alignsWithNft: hasNft)
    addSaved(listings.nftSave6, .nftSave6, .ipv6, alignsWithNft: hasNft)
    addSaved(listings.legacySave4, .legacySave4, .ipv4, alignsWithNft: false)
    addSaved(listings.legacySave6, .legacySave6, .ipv6, alignsWithNft: false)
    markIpsetsThatRulesChange()
  }

  /// Notes the bytes of a listing; `nil` where there are none.
  private mutating func add(
    _ text: FilterListings.Text, _ command: Listing.Command, _ families: Set<IPAddress.Family>
  ) -> (bytes: [UInt8], index: Int8)? {
    switch text {
    case .none: return nil
    case .missing(let reason):
      noteUnreadable(command, families, reason)
      return nil
    case .bytes(let bytes):
      guard let index = Int8(exactly: model.listings.count) else { return nil }
      model.listings.append(Listing(command: command, bytes: bytes))
      return (bytes, index)
    }
  }

  private mutating func noteUnreadable(
    _ command: Listing.Command, _ families: Set<IPAddress.Family>, _ reason: String
  ) {
    let doubt = Doubt.notUnderstood("\(command.rawValue): \(reason)")
    model.unreadable.append(.init(families: families, doubt: doubt))
  }

  private mutating func note(
    _ failure: ListingFailure, _ command: Listing.Command, _ families: Set<IPAddress.Family>
  ) {
    failures.append(Failure(command: command.rawValue, failure: failure))
    noteUnreadable(command, families, failure.description)
  }

  private mutating func addIpsets(_ text: FilterListings.Text) {
    // Only rules that name a set need it: each says so by itself.
    guard case .bytes = text, let (bytes, index) = add(text, .ipsetSave, []) else { return }
    do throws(ListingFailure) {
      let listing = try IpsetSaveListing(parsing: bytes, listing: index)
      model.sets += listing.sets
      model.ipsets = listing.indexes
    } catch {
      failures.append(Failure(command: Listing.Command.ipsetSave.rawValue, failure: error))
    }
  }

  private mutating func addNft(_ text: FilterListings.Text) {
    let both: Set<IPAddress.Family> = [.ipv4, .ipv6]
    guard let (bytes, index) = add(text, .nftJSON, both) else { return }
    do throws(ListingFailure) {
      let listing = try NftListing(parsing: bytes, listing: index)
      let offset = (model.tables.count, model.chains.count, model.sets.count)
      for var table in listing.tables {
        table.chains = table.chains.mapValues { $0 + offset.1 }
        table.sets = table.sets.mapValues { $0 + offset.2 }
        model.tables.append(table)
      }
      for var chain in listing.chains {
        chain.table += offset.0
        model.chains.append(chain)
      }
      for var set in listing.sets {
        set.table = set.table.map { $0 + offset.0 }
        model.sets.append(set)
      }
    } catch {
      note(error, .nftJSON, both)
    }
  }

  private mutating func addSaved(
    _ text: FilterListings.Text, _ command: Listing.Command, _ family: IPAddress.Family,
    alignsWithNft: Bool
  ) {
    guard let (bytes, index) = add(text, command, [family]) else { return }
    do throws(ListingFailure) {
      let listing = try IptablesSaveListing(parsing: bytes, listing: index)
      for section in listing.sections {
        if alignsWithNft {
          align(section, family)
        } else {
          let isLegacy = command == .legacySave4 || command == .legacySave6
          addTable(section, family, isLegacy ? .legacy : .nftables)
        }
      }
    } catch {
      note(error, command, [family])
    }
  }

  /// Lays the lines of iptables-nft-save beside the rules of the same chains in the nft listing.
  private mutating func align(_ section: IptablesSaveListing.Section, _ family: IPAddress.Family) {
    let wanted: TableFamily = family == .ipv4 ? .ipv4 : .ipv6
    guard
      let table = model.tables.firstIndex(where: { $0.family == wanted && $0.name == section.name })
    else { return }
    for saved in section.chains {
      guard let chain = model.tables[table].chains[saved.name],
        model.chains[chain].rules.count == saved.rules.count
      else { continue }
      model.chains[chain].savedRules = saved.rules
    }
  }

  private mutating func addTable(
    _ section: IptablesSaveListing.Section, _ family: IPAddress.Family, _ origin: Table.Origin
  ) {
    var table = Table(
      family: family == .ipv4 ? .ipv4 : .ipv6, name: section.name, origin: origin)
    let standard = StandardTable(rawValue: section.name)
    let offset = model.chains.count
    table.chains = section.indexes.mapValues { $0 + offset }
    for saved in section.chains {
      var chain = Chain(table: model.tables.count, name: saved.name)
      chain.rules = saved.rules
      if let policy = saved.policy, let hook = Hook(iptablesChain: saved.name),
        let priority = standard?.priority(at: hook)
      {
        chain.base = BaseHook(
          hook: hook, kind: standard == .nat ? .nat : .filter, priority: priority, policy: policy)
      }
      model.chains.append(chain)
    }
    model.tables.append(table)
  }

  /// The sets that a SET target adds to can change with every packet.
  private mutating func markIpsetsThatRulesChange() {
    guard !model.ipsets.isEmpty else { return }
    for listing in model.listings where listing.command != .nftJSON && listing.command != .ipsetSave
    {
      for name in IptablesSaveListing.changedSets(listing.bytes) {
        if let set = model.ipsets[name] { model.sets[set].canChange = true }
      }
    }
  }
}
