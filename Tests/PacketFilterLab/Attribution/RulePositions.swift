import FoundationEssentials

/// Where each rule stands in its chain, from `nft -j list ruleset`.
struct RulePositions: Sendable {
  private struct Listing: Decodable {
    struct Item: Decodable { var rule: Rule? }
    struct Rule: Decodable {
      var family: String
      var table: String
      var chain: String
      var handle: Int
    }

    var nftables: [Item]
  }

  private var positions: [PacketTrace.Drop: Int] = [:]

  init(parsing json: String) throws {
    let listing = try JSONDecoder().decode(Listing.self, from: Data(json.utf8))
    var counts: [[String]: Int] = [:]
    for rule in listing.nftables.compactMap(\.rule) {
      let count = counts[[rule.family, rule.table, rule.chain], default: 0] + 1
      counts[[rule.family, rule.table, rule.chain]] = count
      let place = PacketTrace.Drop(
        family: rule.family, table: rule.table, chain: rule.chain, handle: rule.handle)
      positions[place] = count
    }
  }

  /// The rule's number in its chain, from 1; `nil` for a policy.
  func position(of drop: PacketTrace.Drop) -> Int? { positions[drop] }
}
