import Addressing
import JSONText

/// The rules and elements of a model, parsed when first asked for and then kept.
///
/// The rules are parsed for packets of one family: what cannot hold for it is dropped early.
struct RuleLibrary: Sendable {
  let model: RulesetModel
  let family: IPAddress.Family
  private var rules: [UInt64: Rule] = [:]
  private var tables: [Int: ElementTable] = [:]
  private var knownTracking: Bool?
  private var knownRefusals: Bool?

  /// More rules than this are parsed anew each time.
  private static let keptRules = 200_000

  /// The rules of that model for packets of the family.
  init(_ model: RulesetModel, _ family: IPAddress.Family) {
    self.model = model
    self.family = family
  }

  /// Whether any rule makes the kernel track connections.
  mutating func tracksConnections() -> Bool {
    let known = knownTracking ?? model.tracksConnections(family)
    knownTracking = known
    return known
  }

  /// Whether a rule that refuses packets may be met by one that comes in.
  mutating func refusesOnTheWayIn() -> Bool {
    let known = knownRefusals ?? model.refusesOnTheWayIn(family)
    knownRefusals = known
    return known
  }

  /// What is needed to read the rules of one chain.
  struct ChainReader {
    fileprivate let number: Int
    fileprivate let chain: Chain
    fileprivate let scope: IptablesRuleParser.Scope
    fileprivate let expression: NftExpression

    /// How many rules the chain has.
    var count: Int { chain.rules.count }
  }

  /// A reader of the rules of that chain.
  func reader(of number: Int) -> ChainReader {
    let chain = model.chains[number]
    let table = model.tables[chain.table]
    return ChainReader(
      number: number, chain: chain,
      scope: IptablesRuleParser.Scope(
        family: table.family == .ipv6 ? .ipv6 : .ipv4, chains: table.chains,
        ipsets: model.ipsets, sets: model.sets),
      expression: NftExpression(
        family: family, sets: table.sets, namedSets: model.sets, chains: table.chains))
  }

  /// Whether a look at the rule's text tells that it takes none of the packets.
  func isPassedOver(_ index: Int, _ reader: ChainReader, _ glances: [IptablesGlance]) -> Bool {
    let location = reader.chain.rules[index]
    let listing = Int(location.listing)
    let isNft = model.listings[listing].command == .nftJSON
    for glance in glances {
      let bytes = model.listings[listing].bytes
      let isMissed =
        isNft
        ? NftGlance.misses(bytes, location.range, glance) : glance.misses(bytes, location.range)
      if !isMissed { return false }
    }
    return true
  }

  /// A rule of the chain by its place.
  mutating func rule(_ index: Int, _ reader: ChainReader) -> Rule {
    let key = UInt64(truncatingIfNeeded: reader.number) << 32 | UInt64(truncatingIfNeeded: index)
    if let known = rules[key] { return known }
    let rule = parse(index, reader)
    if rules.count < Self.keptRules { rules[key] = rule }
    return rule
  }

  private func parse(_ index: Int, _ reader: ChainReader) -> Rule {
    let location = reader.chain.rules[index]
    let listing = model.listings[Int(location.listing)]
    guard listing.command == .nftJSON else {
      return IptablesRuleParser.rule(listing.bytes, location, reader.scope)
    }
    // What stands behind xt only iptables-nft-save tells.
    if reader.chain.savedRules.indices.contains(index), hidesMatches(listing.bytes, location) {
      let saved = reader.chain.savedRules[index]
      return IptablesRuleParser.rule(model.listings[Int(saved.listing)].bytes, saved, reader.scope)
    }
    var json = JSONReader(listing.bytes, location.range)
    let statements = NftRuleParser.statements((try? json.value()) ?? .null, reader.expression)
    return Rule(location: location, statements: statements)
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
