package import Addressing

/// A place in a chain that a rule can be put before.
package struct RulePlace: Sendable, Hashable {
  /// Which tool changes the chain.
  package enum Tool: Sendable, Hashable {
    /// iptables of the older kernel interface, of that family.
    case legacy(IPAddress.Family)
    /// iptables on nf_tables.
    case compatible(IPAddress.Family)
    case nft
  }

  package var tool: Tool
  /// The family's word as nft takes it: `inet`, `ip`.
  package var family: String
  package var table: String
  package var chain: String
  /// How many rules of the chain come before it.
  package var index: Int
  /// Whether it is behind the last rule.
  package var isEnd: Bool
  /// The chain's place in the model.
  fileprivate var number: Int
}

extension PacketFilterRules {
  /// The places that an answer's `place` may mean: one, but for tables that two tools have alike.
  ///
  /// A policy's place is behind the last rule; routing is no place.
  package func places(named place: String) -> [RulePlace] {
    guard let space = place.lastIndex(of: " ") else { return [] }
    let text = RuleText(model)
    let chainName = String(place[..<space])
    let last = place[place.index(after: space)...]
    return model.chains.indices.filter { text.chainPlace($0) == chainName }.compactMap { number in
      let count = model.chains[number].rules.count
      guard let index = last == "policy" ? count : Int(last).map({ $0 - 1 }),
        (0...count).contains(index)
      else { return nil }
      return self.place(number, index)
    }
  }

  /// The heads of the chains of that name, in any table.
  package func heads(ofChain name: String) -> [RulePlace] {
    model.chains.indices.filter { model.chains[$0].name == name }.map { place($0, 0) }
  }

  /// The names of all chains, once each.
  package var chainNames: Set<String> { Set(model.chains.map(\.name)) }

  private func place(_ number: Int, _ index: Int) -> RulePlace {
    let chain = model.chains[number]
    let table = model.tables[chain.table]
    let family: IPAddress.Family = table.family == .ipv6 ? .ipv6 : .ipv4
    let tool: RulePlace.Tool =
      if table.origin == .legacy {
        .legacy(family)
      } else if RuleText(model).isIptables(number) {
        .compatible(family)
      } else {
        .nft
      }
    return RulePlace(
      tool: tool, family: table.family.rawValue, table: table.name, chain: chain.name,
      index: index, isEnd: index == chain.rules.count, number: number)
  }

  /// The rules as they would be with one more; `nil` where the model has no room for it.
  package func inserting(_ rule: AcceptRule, at place: RulePlace) -> PacketFilterRules? {
    var changed = self
    let saved = Array("-A \(place.chain) \(rule.iptablesWords)".utf8)
    let chain = model.chains[place.number]
    guard chain.rules.indices.contains(place.index) || chain.rules.count == place.index else {
      return nil
    }
    switch place.tool {
    case .legacy:
      guard let line = changed.add(saved, .legacySave4) else { return nil }
      changed.model.chains[place.number].rules.insert(line, at: place.index)
    case .compatible, .nft:
      guard let statements = changed.add(Array(rule.nftJSON.utf8), .nftJSON) else { return nil }
      changed.model.chains[place.number].rules.insert(statements, at: place.index)
      guard !chain.savedRules.isEmpty else { return changed }
      guard let line = changed.add(saved, .nftSave4) else { return nil }
      changed.model.chains[place.number].savedRules.insert(line, at: place.index)
    }
    return changed
  }

  private mutating func add(_ bytes: [UInt8], _ command: Listing.Command) -> TextLocation? {
    guard let index = Int8(exactly: model.listings.count) else { return nil }
    model.listings.append(Listing(command: command, bytes: bytes))
    return TextLocation(listing: index, start: 0, end: UInt32(bytes.count))
  }
}
