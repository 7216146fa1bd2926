import Addressing

/// The sets of one `ipset save` listing; elements are found, and not yet parsed.
struct IpsetSaveListing {
  private(set) var sets: [NamedSet] = []
  private(set) var indexes: [String: Int] = [:]
  /// Sets whose elements are sets: `list:set`.
  private var holdsSets: Set<Int> = []

  /// Finds the sets of the listing, and where the elements of each stand.
  ///
  /// - Throws: the first line that is neither `create`, `add` of a set created before, nor blank.
  init(parsing bytes: [UInt8], listing: Int8) throws(ListingFailure) {
    guard bytes.count < Int(UInt32.max) else {
      throw ListingFailure(line: 1, found: "", expected: "fewer than 4 GiB")
    }
    var start = 0
    var number = 0
    var last = (prefix: 0..<0, set: 0)
    while start < bytes.count {
      let end = ByteText.firstIndex(of: 10, in: bytes, start..<bytes.count) ?? bytes.count
      number += 1
      let line = start..<end
      start = end + 1
      if line.count > last.prefix.count, !last.prefix.isEmpty,
        bytes[line.prefix(last.prefix.count)].elementsEqual(bytes[last.prefix])
      {
        extend(last.set, bytes, line, listing)
        continue
      }
      let words = Self.words(bytes, line)
      if words.isEmpty || words[0].hasPrefix("#") { continue }
      if words[0] == "create", words.count >= 3 {
        create(words)
      } else if words[0] == "add", words.count >= 3, let set = indexes[words[1]] {
        last = (line.prefix(words[1].utf8.count + 5), set)
        extend(set, bytes, line, listing)
      } else {
        throw ListingFailure(
          line: number, found: ByteText.string(bytes, line.prefix(240)),
          expected: "create, or add to a set created before")
      }
    }
  }

  private static func words(_ bytes: [UInt8], _ line: Range<Int>) -> [String] {
    bytes[line].split(whereSeparator: { $0 == 32 || $0 == 13 })
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private mutating func extend(
    _ set: Int, _ bytes: [UInt8], _ line: Range<Int>, _ listing: Int8
  ) {
    if holdsSets.contains(set) {
      let words = Self.words(bytes, line)
      if words.count > 2 { sets[set].members.append(words[2]) }
    }
    let location = TextLocation(
      listing: listing, start: UInt32(line.lowerBound), end: UInt32(line.upperBound))
    if let last = sets[set].elements.last, last.end + 1 == location.start {
      sets[set].elements[sets[set].elements.count - 1].end = location.end
    } else {
      sets[set].elements.append(location)
    }
  }

  private mutating func create(_ words: [String]) {
    let options = words.dropFirst(3)
    func value(_ option: String) -> String? {
      options.firstIndex(of: option).flatMap {
        options.indices.contains($0 + 1) ? options[$0 + 1] : nil
      }
    }
    let family: IPAddress.Family = value("family") == "inet6" ? .ipv6 : .ipv4
    var type = IpsetType(words[2], family: family)
    if let length = value("netmask").flatMap({ Int($0) }),
      let all = AddressPrefix(IPAddress(family: family, number: .max), length: length)
    {
      type?.addressMask = all.base.number
    } else if let mask = value("bitmask").flatMap({ IPAddress(parsing: $0) }) {
      type?.addressMask = mask.number
    }
    indexes[words[1]] = sets.count
    if type?.parts == [.set] { holdsSets.insert(sets.count) }
    sets.append(
      NamedSet(
        name: words[1],
        content: type.map { .ipset($0) }
          ?? .nft(types: [.other(words[2])], values: [], holdsVerdicts: false)))
  }
}
