import Addressing

/// The rules and elements of a model, parsed when first asked for and then kept.
///
/// The rules are parsed for packets of one family: what cannot hold for it is dropped early.
struct RuleLibrary: Sendable {
  let model: RulesetModel
  let family: IPAddress.Family
  private var rules: [Int: [Rule]] = [:]
  private var tables: [Int: ElementTable] = [:]

  /// The rules of that model for packets of the family.
  init(_ model: RulesetModel, _ family: IPAddress.Family) {
    self.model = model
    self.family = family
  }

  /// The rules of a chain.
  mutating func rules(of chain: Int) -> [Rule] {
    if let known = rules[chain] { return known }
    let parsed = parse(chain)
    rules[chain] = parsed
    return parsed
  }

  private func parse(_ index: Int) -> [Rule] {
    let chain = model.chains[index]
    let table = model.tables[chain.table]
    let scope = IptablesRuleParser.Scope(
      family: table.family == .ipv6 ? .ipv6 : .ipv4, chains: table.chains, ipsets: model.ipsets,
      sets: model.sets)
    let expression = NftExpression(
      family: family, sets: table.sets, namedSets: model.sets, chains: table.chains)
    return chain.rules.indices.map { position in
      let location = chain.rules[position]
      let listing = model.listings[Int(location.listing)]
      guard listing.command == .nftJSON else {
        return IptablesRuleParser.rule(listing.bytes, location, scope)
      }
      // What stands behind xt only iptables-nft-save tells.
      if chain.savedRules.indices.contains(position), hidesMatches(listing.bytes, location) {
        let saved = chain.savedRules[position]
        return IptablesRuleParser.rule(model.listings[Int(saved.listing)].bytes, saved, scope)
      }
      var reader = JSONReader(listing.bytes, location.range)
      let statements = NftRuleParser.statements((try? reader.value()) ?? .null, expression)
      return Rule(location: location, statements: statements)
    }
  }

  private func hidesMatches(_ bytes: [UInt8], _ location: TextLocation) -> Bool {
    let mark = Array("\"xt\"".utf8)
    var range = location.range
    while let quote = ByteText.firstIndex(of: mark[0], in: bytes, range) {
      if quote + 4 <= range.upperBound, bytes[quote..<quote + 4].elementsEqual(mark) { return true }
      range = quote + 1..<range.upperBound
    }
    return false
  }

  /// The elements of a named set or map.
  mutating func elements(of set: Int) -> ElementTable {
    if let known = tables[set] { return known }
    let parsed = parseElements(model.sets[set])
    tables[set] = parsed
    return parsed
  }

  private func parseElements(_ set: NamedSet) -> ElementTable {
    let texts = set.elements.map { (model.listings[Int($0.listing)].bytes, $0.range) }
    switch set.content {
    case .ipset(let type): return IpsetElements.table(type, texts)
    case .nft(let types, let values, let holdsVerdicts):
      guard let (bytes, range) = texts.first else { return ElementTable() }
      let chains = set.table.map { model.tables[$0].chains } ?? [:]
      return NftElements(
        types: types, values: values, holdsVerdicts: holdsVerdicts, chains: chains
      ).table(bytes, range)
    }
  }
}
