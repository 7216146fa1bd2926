import Addressing

/// Tells from the first statement of an nft rule that it takes none of some packets, without parsing the rule.
///
/// Looks only for one address, written exactly as nft prints it; any other text is left to the parser.
enum NftGlance {
  /// Whether the rule in those bytes is sure to take none of the packets.
  static func misses(_ bytes: [UInt8], _ rule: Range<Int>, _ glance: IptablesGlance) -> Bool {
    for (start, known) in [(destination, glance.destination), (source, glance.source)] {
      guard rule.count > start.count + 17, bytes[rule].starts(with: start) else { continue }
      let value = rule.lowerBound + start.count
      guard let quote = ByteText.firstIndex(of: UInt8(ascii: "\""), in: bytes, value..<value + 16),
        let address = ByteText.ipv4(bytes, value..<quote)
      else { return false }
      switch known {
      case .one(let only): return only != address
      case .among(let set): return !set.contains(UInt128(address))
      case .unknown: return false
      }
    }
    return false
  }

  private static let source = start("saddr")
  private static let destination = start("daddr")

  private static func start(_ field: String) -> [UInt8] {
    let left = "{\"payload\": {\"protocol\": \"ip\", \"field\": \"\(field)\"}}"
    return Array("[{\"match\": {\"op\": \"==\", \"left\": \(left), \"right\": \"".utf8)
  }
}
