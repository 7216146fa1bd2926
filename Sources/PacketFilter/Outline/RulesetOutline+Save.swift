extension RulesetOutline {
  /// Parses what `iptables-save` and its five sisters write.
  ///
  /// Empty text is an empty ruleset.
  ///
  /// - Throws: as `IptablesSaveListing`.
  package init(parsingSave bytes: [UInt8]) throws(ListingFailure) {
    self.init()
    for section in try IptablesSaveListing(parsing: bytes, listing: 0).sections {
      tables.append(section.name)
      for saved in section.chains {
        chains.append(Chain(saved, in: section.name, bytes))
        ruleCount += saved.rules.count
        for rule in saved.rules { note(rule.range, bytes) }
      }
    }
  }

  private mutating func note(_ rule: Range<Int>, _ bytes: [UInt8]) {
    if redirection == nil, Self.redirections.occur(in: bytes, rule),
      Self.option("-j", of: rule, bytes, is: Redirection.targets)
    {
      redirection = ByteText.string(bytes, rule)
    }
    if !usesAddressSets, Self.sets.occur(in: bytes, rule),
      Self.option("-m", of: rule, bytes, is: ["set"])
        || Self.option("-j", of: rule, bytes, is: ["SET"])
    {
      usesAddressSets = true
    }
  }

  private static let redirections = RuleWords.ofSave(Redirection.targets.sorted())
  private static let sets = RuleWords.ofSave(["set ", "SET "])

  /// Whether the option stands in the rule with one of the values, and not inside of a comment.
  private static func option(
    _ name: String, of rule: Range<Int>, _ bytes: [UInt8], is values: Set<String>
  ) -> Bool {
    guard var tokens = IptablesTokens(bytes, rule) else { return false }
    while let token = tokens.next() {
      if token == name, values.contains(tokens.peek) { return true }
    }
    return false
  }
}

extension RulesetOutline.Chain {
  fileprivate init(_ saved: IptablesSaveListing.SavedChain, in table: String, _ bytes: [UInt8]) {
    let isBase = saved.policy != nil
    self.init(
      family: "", table: table, name: saved.name, isBase: isBase, policy: saved.policy?.rawValue,
      ruleCount: saved.rules.count, evidence: ByteText.string(bytes, saved.declaration),
      firstRule: isBase ? saved.rules.first.map { ByteText.string(bytes, $0.range) } : nil)
  }
}
