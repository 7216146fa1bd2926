import Addressing
import JSONText

/// The tables, chains and sets of one `nft -j list ruleset`; rules and elements are found, and not yet parsed.
struct NftListing {
  private(set) var tables: [Table] = []
  private(set) var chains: [Chain] = []
  private(set) var sets: [NamedSet] = []
  /// The version that the listing names.
  private(set) var version = ""

  private var tableIndexes: [TableKey: Int] = [:]
  private var reader: JSONReader
  private let listing: Int8

  private struct TableKey: Hashable {
    var family: String
    var name: String
  }

  /// Finds the tables, chains, rules and sets of the listing.
  ///
  /// - Throws: the first place where the bytes are no JSON, or name a table or chain that is not listed before.
  init(parsing bytes: [UInt8], listing: Int8) throws(ListingFailure) {
    reader = JSONReader(bytes, 0..<bytes.count)
    self.listing = listing
    guard bytes.count < Int(UInt32.max) else {
      throw ListingFailure(line: 1, found: "", expected: "fewer than 4 GiB")
    }
    do throws(JSONReader.Failure) {
      try parseTop()
    } catch {
      throw Self.failure(bytes, error)
    }
    markChangingSets(bytes)
  }

  private static func failure(_ bytes: [UInt8], _ failure: JSONReader.Failure) -> ListingFailure {
    let offset = min(failure.offset, bytes.count)
    let found = ByteText.string(bytes, offset..<min(offset + 60, bytes.count))
    return ListingFailure(
      line: failure.place(in: bytes).line, found: found, expected: failure.expected)
  }

  private mutating func parseTop() throws(JSONReader.Failure) {
    try reader.expect(UInt8(ascii: "{"))
    guard try reader.name() == "nftables" else {
      throw .init(offset: reader.index, expected: "\"nftables\"")
    }
    try reader.expect(UInt8(ascii: "["))
    if !reader.take(UInt8(ascii: "]")) {
      while true {
        try parseItem()
        if reader.take(UInt8(ascii: "]")) { break }
        try reader.expect(UInt8(ascii: ","))
      }
    }
    try reader.expect(UInt8(ascii: "}"))
    guard reader.isAtEnd() else { throw .init(offset: reader.index, expected: "the end") }
  }

  private mutating func parseItem() throws(JSONReader.Failure) {
    try reader.expect(UInt8(ascii: "{"))
    let kind = try reader.name()
    switch kind {
    case "rule": try parseRule()
    case "set", "map": try parseSet()
    case "table": addTable(try reader.value())
    case "chain": try addChain(try reader.value())
    case "metainfo": version = try reader.value()["version"]?.string ?? ""
    default: _ = try reader.skipValue()
    }
    try reader.expect(UInt8(ascii: "}"))
  }

  /// The members of an object; of the one named, only where its value stands.
  private mutating func parseObject(
    lazily lazy: String
  ) throws(JSONReader.Failure) -> (members: JSONValue, lazy: Range<Int>?) {
    try reader.expect(UInt8(ascii: "{"))
    var members: [JSONValue.Member] = []
    var range: Range<Int>?
    while true {
      let name = try reader.name()
      if name == lazy {
        range = try reader.skipValue()
      } else {
        members.append(.init(name: name, value: try reader.value()))
      }
      if reader.take(UInt8(ascii: "}")) { return (.object(members), range) }
      try reader.expect(UInt8(ascii: ","))
    }
  }

  private func tableIndex(_ value: JSONValue) -> Int? {
    guard let family = value["family"]?.string, let name = value["table"]?.string else {
      return nil
    }
    return tableIndexes[TableKey(family: family, name: name)]
  }

  private func location(_ range: Range<Int>) -> TextLocation {
    TextLocation(
      listing: listing, start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
  }

  private mutating func parseRule() throws(JSONReader.Failure) {
    let start = reader.index
    let (members, expression) = try parseObject(lazily: "expr")
    guard let table = tableIndex(members), let name = members["chain"]?.string,
      let chain = tables[table].chains[name]
    else { throw .init(offset: start, expected: "a rule of a chain listed before") }
    guard let expression else { throw .init(offset: start, expected: "a rule with expr") }
    chains[chain].rules.append(location(expression))
  }

  private mutating func parseSet() throws(JSONReader.Failure) {
    let start = reader.index
    let (members, elements) = try parseObject(lazily: "elem")
    guard let table = tableIndex(members), let name = members["name"]?.string else {
      throw .init(offset: start, expected: "a set of a table listed before")
    }
    let types = Self.types(members["type"])
    let holdsVerdicts = members["map"]?.string == "verdict"
    let values = holdsVerdicts ? [] : Self.types(members["map"])
    let flags = members["flags"]?.strings ?? []
    var set = NamedSet(
      name: name, table: table,
      content: .nft(types: types, values: values, holdsVerdicts: holdsVerdicts))
    if let elements { set.elements = [location(elements)] }
    // Only a set with one of these can be one that rules add to.
    set.canChange =
      members["size"] != nil || flags.contains("timeout") || flags.contains("dynamic")
    tables[table].sets[name] = sets.count
    sets.append(set)
  }

  private static func types(_ value: JSONValue?) -> [Datatype] {
    guard let value else { return [] }
    guard let names = value.strings else { return [.other("typeof")] }
    return names.flatMap { $0.split(separator: " ").filter { $0 != "." } }
      .map { Datatype(nftName: String($0)) }
  }

  private mutating func addTable(_ value: JSONValue) {
    guard let family = value["family"]?.string, let name = value["name"]?.string,
      let known = TableFamily(rawValue: family)
    else { return }
    var table = Table(family: known, name: name, origin: .nftables)
    table.dormancy = Self.dormancy(value["flags"], name)
    tableIndexes[TableKey(family: family, name: name)] = tables.count
    tables.append(table)
  }

  /// nft 1.0.6 prints a table's flag from memory it has given back, so any text may stand there.
  private static func dormancy(_ flags: JSONValue?, _ name: String) -> Table.Dormancy {
    guard let flags, flags != .array([]) else { return .no }
    let names = flags.strings ?? []
    if names.contains("dormant") { return .yes }
    if !names.isEmpty, names.allSatisfy({ $0 == "owner" || $0 == "persist" }) { return .no }
    return .unknown(.notUnderstood("table \(name) may be dormant"))
  }

  private mutating func addChain(_ value: JSONValue) throws(JSONReader.Failure) {
    guard let table = tableIndex(value), let name = value["name"]?.string else {
      throw .init(offset: reader.index, expected: "a chain of a table listed before")
    }
    var chain = Chain(table: table, name: name)
    if let hook = value["hook"]?.string {
      chain.base = try base(value, hook)
    }
    tables[table].chains[name] = chains.count
    chains.append(chain)
  }

  private func base(_ value: JSONValue, _ name: String) throws(JSONReader.Failure) -> BaseHook {
    guard let hook = Hook(rawValue: name), let priority = value["prio"]?.integer,
      let kind = BaseHook.Kind(rawValue: value["type"]?.string ?? "filter"),
      let policy = BaseHook.Policy(rawValue: value["policy"]?.string ?? "accept"),
      let priority = Int32(exactly: priority)
    else {
      throw .init(
        offset: reader.index, expected: "a hook, priority, type and policy that nft knows")
    }
    return BaseHook(
      hook: hook, kind: kind, priority: Int(priority), policy: policy,
      devices: value["dev"]?.strings)
  }

  /// Of the sets that could change, keeps marked those that a rule does add to.
  private mutating func markChangingSets(_ bytes: [UInt8]) {
    guard sets.contains(where: \.canChange) else { return }
    var changed: Set<Int> = []
    for chain in chains {
      for rule in chain.rules where Self.mayUpdateSet(bytes, rule.range) {
        var reader = JSONReader(bytes, rule.range)
        for name in Self.updatedSets((try? reader.value()) ?? .null) {
          if let set = tables[chain.table].sets[name] { changed.insert(set) }
        }
      }
    }
    for index in sets.indices { sets[index].canChange = changed.contains(index) }
  }

  /// Every update names its set behind an at sign.
  private static func mayUpdateSet(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    ByteText.firstIndex(of: UInt8(ascii: "@"), in: bytes, range) != nil
  }

  private static func updatedSets(_ expression: JSONValue) -> [String] {
    (expression.array ?? []).flatMap { statement -> [String] in
      if let text = statement.string {
        return text.split(separator: " ").filter { $0.hasPrefix("@") }.map {
          String($0.dropFirst())
        }
      }
      guard let name = statement["set"]?["set"]?.string ?? statement["map"]?["map"]?.string else {
        return []
      }
      return [String(name.drop { $0 == "@" })]
    }
  }
}
