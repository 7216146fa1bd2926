extension RulesetOutline {
  /// Parses what `nft -j list ruleset` writes.
  ///
  /// Empty text is an empty ruleset: nf_tables is not loaded. A chain of a dormant table is no base chain: the
  /// kernel has taken it off its hook. Where the table's flags are unclear it stays one.
  ///
  /// - Throws: as `NftListing`.
  package init(parsingNFT bytes: [UInt8]) throws(ListingFailure) {
    self.init()
    guard !bytes.isEmpty else { return }
    let listing = try NftListing(parsing: bytes, listing: 0)
    for table in listing.tables {
      let name = "\(table.family.rawValue) \(table.name)"
      tables.append(name)
      if case .unknown = table.dormancy { tablesOfUnclearFlags.append(name) }
    }
    for chain in listing.chains {
      let table = listing.tables[chain.table]
      let outlined = Chain(chain, in: table, bytes)
      chains.append(outlined)
      ruleCount += chain.rules.count
      for rule in chain.rules { note(rule.range, in: outlined, bytes) }
    }
  }

  private mutating func note(_ rule: Range<Int>, in chain: Chain, _ bytes: [UInt8]) {
    if redirection == nil, Self.redirections.occur(in: bytes, rule) {
      let statements = Self.statements(rule, bytes)
      if (statements.array ?? []).contains(where: Self.redirects) {
        redirection = "\(chain.evidence) \(NftText.rule(statements))"
      }
    }
    if !usesAddressSets, Self.sets.occur(in: bytes, rule) {
      usesAddressSets = (Self.statements(rule, bytes).array ?? []).contains {
        ["set", "SET"].contains($0["xt"]?["name"]?.string)
      }
    }
  }

  fileprivate static func statements(_ rule: Range<Int>, _ bytes: [UInt8]) -> JSONValue {
    var reader = JSONReader(bytes, rule)
    return (try? reader.value()) ?? .null
  }

  private static func redirects(_ statement: JSONValue) -> Bool {
    // A chain without a name stands here as the text of its rules.
    if let text = statement.string {
      return text.split { !$0.isLetter }.contains { Redirection.statements.contains(String($0)) }
    }
    return Redirection.statements.contains { statement[$0] != nil }
      || Redirection.targets.contains(statement["xt"]?["name"]?.string ?? "")
  }

  private static let redirections = RuleWords.ofJSON(
    (Redirection.statements.sorted() + Redirection.targets.sorted()).map { "\($0)\"" }
      + ["jump {", "goto {"])
  private static let sets = RuleWords.ofJSON(["set\"", "SET\""])
}

extension RulesetOutline.Chain {
  fileprivate init(_ chain: Chain, in table: Table, _ bytes: [UInt8]) {
    let place = "chain \(table.family.rawValue) \(table.name) \(chain.name)"
    let isBase = chain.base != nil && table.dormancy != .yes
    let first = isBase ? chain.rules.first : nil
    self.init(
      family: table.family.rawValue, table: table.name, name: chain.name, isBase: isBase,
      policy: chain.base?.policy.rawValue, ruleCount: chain.rules.count, evidence: place,
      firstRule: first.map {
        "\(place) \(NftText.rule(RulesetOutline.statements($0.range, bytes)))"
      })
  }
}
