import Addressing
import JSONText

/// Writes decisions as the listings do.
struct RuleText {
  let model: RulesetModel

  /// The text of decisions about that model.
  init(_ model: RulesetModel) { self.model = model }

  /// The rule's own line; for a policy the line that shows it; `nil` where nothing decided.
  func rule(_ decision: Decision) -> String? {
    switch decision {
    case .none: return nil
    case .routing(let text): return text
    case .policy(let chain):
      let found = model.chains[chain]
      let policy = found.base?.policy ?? .accept
      return isIptables(chain)
        ? ":\(found.name) \(policy.rawValue.uppercased())"
        : "policy \(policy.rawValue)"
    case .rule(let chain, let index):
      return location(chain, index).map { text(of: $0, chain) }
    }
  }

  /// Where the rule stands: the tool, the table, the chain and the rule's number from 1.
  func place(_ decision: Decision) -> String? {
    switch decision {
    case .none: nil
    case .routing: "routing"
    case .policy(let chain): "\(chainPlace(chain)) policy"
    case .rule(let chain, let index): "\(chainPlace(chain)) \(index + 1)"
    }
  }

  /// The packets that the rule's counter shows.
  func countedPackets(_ decision: Decision) -> UInt64? {
    guard case .rule(let chain, let index) = decision, let location = location(chain, index) else {
      return nil
    }
    let text = rawText(location)
    if text.hasPrefix("[") { return UInt64(text.dropFirst().prefix { $0 != ":" }) }
    guard command(location) == .nftJSON, let statements = json(location).array else { return nil }
    let counter = statements.lazy.compactMap { $0["counter"]?["packets"]?.integer }.first
    return counter.flatMap { UInt64(exactly: $0) }
  }

  /// Where the chain stands: the tool, the table and the chain.
  func chainPlace(_ chain: Int) -> String {
    let found = model.chains[chain]
    let table = model.tables[found.table]
    guard isIptables(chain) else {
      return "nft \(table.family.rawValue) \(table.name) \(found.name)"
    }
    return "\(table.family == .ipv6 ? "ip6tables" : "iptables") \(table.name) \(found.name)"
  }

  /// Whether the chain is one of iptables, legacy or nft.
  func isIptables(_ chain: Int) -> Bool {
    let found = model.chains[chain]
    if let first = found.rules.first {
      return command(first) != .nftJSON || !found.savedRules.isEmpty
    }
    return model.tables[found.table].origin == .legacy
  }

  private func location(_ chain: Int, _ index: Int) -> TextLocation? {
    guard model.chains.indices.contains(chain) else { return nil }
    let found = model.chains[chain]
    if found.savedRules.indices.contains(index) { return found.savedRules[index] }
    return found.rules.indices.contains(index) ? found.rules[index] : nil
  }

  private func command(_ location: TextLocation) -> Listing.Command {
    model.listings[Int(location.listing)].command
  }

  private func rawText(_ location: TextLocation) -> String {
    ByteText.string(model.listings[Int(location.listing)].bytes, location.range)
  }

  private func json(_ location: TextLocation) -> JSONValue {
    var reader = JSONReader(model.listings[Int(location.listing)].bytes, location.range)
    return (try? reader.value()) ?? .null
  }

  private func text(of location: TextLocation, _ chain: Int) -> String {
    guard command(location) == .nftJSON else {
      let line = rawText(location)
      // Counters in front are not part of the rule.
      guard line.hasPrefix("["), let close = line.firstIndex(of: "]") else { return line }
      return String(line[line.index(after: close)...].drop { $0 == " " })
    }
    return NftText.rule(json(location))
  }
}
