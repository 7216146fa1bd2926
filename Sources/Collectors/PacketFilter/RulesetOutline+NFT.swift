import FoundationEssentials
package import Host

extension RulesetOutline {
  /// Parses what `nft -j list ruleset` writes.
  ///
  /// Empty text is an empty ruleset: nf_tables is not loaded. Objects other than tables, chains and
  /// rules are skipped, for none of them acts on a packet by itself. A chain of a dormant table is
  /// no base chain: the kernel has taken it off its hook. Where the table's flags are unclear it
  /// stays one.
  ///
  /// - Throws: what is not JSON, or not an object with a list named `nftables`, or a table, chain
  ///   or rule without its names, or a rule whose chain is not listed.
  package init(parsingNFT bytes: [UInt8]) throws(ParseFailure) {
    self.init()
    guard !bytes.isEmpty else { return }
    let objects = try NFTListing.decode(bytes).nftables
    var dormant: Set<NFTListing.Place> = []
    for case .table(let place, let flags) in objects {
      let table = "\(place.family) \(place.table)"
      tables.append(table)
      if flags.isUnclear { tablesOfUnclearFlags.append(table) }
      if flags.isDormant { dormant.insert(place) }
    }
    var indices: [NFTListing.Place: Int] = [:]
    for case .chain(let place, let isHooked, let policy) in objects {
      let table = NFTListing.Place(family: place.family, table: place.table)
      indices[place] = chains.count
      chains.append(Chain(place, isBase: isHooked && !dormant.contains(table), policy: policy))
    }
    for case .rule(let place, let rule) in objects {
      let text = "rule \(place.family) \(place.table) \(place.chain) handle \(rule.handle ?? 0)"
      guard let index = indices[place] else {
        throw ParseFailure(found: text, expected: "a rule of a chain in the listing")
      }
      add(rule, to: index, text: text)
    }
  }

  private mutating func add(_ rule: NFTListing.Rule, to index: Int, text: String) {
    ruleCount += 1
    chains[index].ruleCount += 1
    if chains[index].firstRule == nil { chains[index].firstRule = text }
    if redirection == nil, rule.statements.contains(where: \.redirects) { redirection = text }
    usesAddressSets = usesAddressSets || rule.statements.contains(where: \.usesAddressSets)
  }
}

extension RulesetOutline.Chain {
  fileprivate init(_ place: NFTListing.Place, isBase: Bool, policy: String?) {
    self.init(
      family: place.family, table: place.table, name: place.chain, isBase: isBase, policy: policy,
      ruleCount: 0, evidence: "chain \(place.family) \(place.table) \(place.chain)", firstRule: nil)
  }
}

/// The little of libnftables-json(5) that an outline needs.
private struct NFTListing: Decodable {
  var nftables: [Object]

  static func decode(_ bytes: [UInt8]) throws(ParseFailure) -> NFTListing {
    do {
      return try JSONDecoder().decode(NFTListing.self, from: Data(bytes))
    } catch {
      throw ParseFailure(
        found: String(decoding: bytes.prefix(80), as: UTF8.self),
        expected: "the JSON of nft list ruleset")
    }
  }

  /// Where an object belongs; `chain` is empty for a table.
  struct Place: Hashable {
    var family: String
    var table: String
    var chain = ""
  }

  enum Object: Decodable {
    case table(Place, Flags)
    case chain(Place, isHooked: Bool, policy: String?)
    case rule(Place, Rule)
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      if let table = try container.decodeIfPresent(Table.self, forKey: "table") {
        let place = Place(family: table.family, table: table.name)
        self = .table(place, table.flags ?? Flags(words: []))
      } else if let chain = try container.decodeIfPresent(Chain.self, forKey: "chain") {
        let place = Place(family: chain.family, table: chain.table, chain: chain.name)
        self = .chain(place, isHooked: chain.hook != nil, policy: chain.policy)
      } else if let rule = try container.decodeIfPresent(Rule.self, forKey: "rule") {
        self = .rule(Place(family: rule.family, table: rule.table, chain: rule.chain), rule)
      } else {
        self = .other
      }
    }
  }

  struct Table: Decodable {
    var family: String
    var name: String
    var flags: Flags?
  }

  struct Chain: Decodable {
    var family: String
    var table: String
    var name: String
    var hook: String?
    var policy: String?
  }

  struct Rule: Decodable {
    var family: String
    var table: String
    var chain: String
    var handle: Int?
    var expr: [Statement]?

    var statements: [Statement] { expr ?? [] }
  }

  /// A table's flags: one word or several.
  ///
  /// nft 1.0.6 prints other memory in the flags' place, often another table's name.
  struct Flags: Decodable {
    var words: [String]

    var isDormant: Bool { words.contains("dormant") && !isUnclear }

    /// Whether there is a word that is no flag, so that what was printed says nothing.
    var isUnclear: Bool { !words.allSatisfy(["dormant", "owner", "persist"].contains) }

    init(words: [String]) { self.words = words }

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let one = try? container.decode(String.self)
      words = if let one { [one] } else { try container.decode([String].self) }
    }
  }

  /// One statement of a rule: an object with the statement's name as its key, or nft's own text.
  struct Statement: Decodable {
    var redirects: Bool
    var usesAddressSets: Bool

    init(from decoder: any Decoder) throws {
      if let container = try? decoder.container(keyedBy: Key.self) {
        let names = container.allKeys.map(\.stringValue)
        let extensionName = try? container.decode(Extension.self, forKey: "xt").name
        redirects =
          names.contains { Statement.words.contains($0) }
          || Statement.targets.contains(extensionName ?? "")
        usesAddressSets = extensionName == "set" || extensionName == "SET"
      } else {
        // A chain without a name stands here as the text of its rules.
        let text = (try? decoder.singleValueContainer().decode(String.self)) ?? ""
        redirects = text.split { !$0.isLetter }.contains { Statement.words.contains(String($0)) }
        usesAddressSets = false
      }
    }

    private static let words: Set<String> = ["dnat", "redirect", "tproxy"]
    private static let targets: Set<String> = ["DNAT", "REDIRECT", "TPROXY", "NETMAP", "DNPT"]
  }

  /// A match or target of iptables inside a rule of nf_tables.
  struct Extension: Decodable {
    var name: String
  }

  struct Key: CodingKey, ExpressibleByStringLiteral {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
    init(stringLiteral value: String) { stringValue = value }
  }
}
