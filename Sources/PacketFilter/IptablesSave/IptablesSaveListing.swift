import Addressing

/// The tables and chains of one iptables-save listing; rules are found, and not yet parsed.
struct IptablesSaveListing {
  /// One table as the listing prints it.
  struct Section {
    var name: String
    var chains: [SavedChain] = []
    var indexes: [String: Int] = [:]
  }

  /// One chain of a table.
  struct SavedChain {
    var name: String
    /// `nil` for a chain that the user made.
    var policy: BaseHook.Policy?
    /// The line that names it.
    var declaration: Range<Int>
    var rules: [TextLocation] = []
  }

  private(set) var sections: [Section] = []
  /// The tables that the command named and could not print.
  private(set) var refusedTables: [String] = []

  private var isInTable = false
  private var lastChain = (name: Range(uncheckedBounds: (0, 0)), index: 0)

  /// Finds the tables, chains and rules of the listing.
  ///
  /// - Throws: the first line that belongs to no such listing, and a table without `COMMIT`: a listing cut short.
  init(parsing bytes: [UInt8], listing: Int8) throws(ListingFailure) {
    guard bytes.count < Int(UInt32.max) else {
      throw ListingFailure(line: 1, found: "", expected: "fewer than 4 GiB")
    }
    var start = 0
    var number = 0
    while start < bytes.count {
      let (end, lines) = Self.end(ofLineAt: start, bytes)
      try read(bytes, start..<end, listing, line: number + 1)
      number += lines
      start = end + 1
    }
    if isInTable {
      throw ListingFailure(line: number, found: "", expected: "COMMIT behind the table's rules")
    }
  }

  /// Where a line ends, and how many the text calls so: in the quotes of a rule a line feed ends none, for a
  /// comment may hold one, and behind it text that looks like another rule.
  private static func end(ofLineAt start: Int, _ bytes: [UInt8]) -> (end: Int, lines: Int) {
    let end = ByteText.firstIndex(of: 10, in: bytes, start..<bytes.count) ?? bytes.count
    guard bytes[start] == UInt8(ascii: "-") || bytes[start] == UInt8(ascii: "["),
      var index = ByteText.firstIndex(of: UInt8(ascii: "\""), in: bytes, start..<end)
    else { return (end, 1) }
    var isQuoted = false
    var lines = 1
    while index < bytes.count {
      switch bytes[index] {
      case 10 where !isQuoted: return (index, lines)
      case 10: lines += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "\\") where isQuoted: index += 1
      default: break
      }
      index += 1
    }
    return (bytes.count, lines)
  }

  private mutating func read(
    _ bytes: [UInt8], _ range: Range<Int>, _ listing: Int8, line: Int
  ) throws(ListingFailure) {
    guard let first = range.first else { return }
    let isRead =
      switch bytes[first] {
      case UInt8(ascii: "-"), UInt8(ascii: "["): readRule(bytes, range, listing)
      case UInt8(ascii: ":"): readChain(bytes, range)
      case UInt8(ascii: "*"): openTable(ByteText.string(bytes, range))
      case UInt8(ascii: "#"): readComment(ByteText.string(bytes, range))
      case UInt8(ascii: "C"): closeTable(ByteText.string(bytes, range))
      default: range.allSatisfy { bytes[$0] == 32 || bytes[$0] == 9 || bytes[$0] == 13 }
      }
    guard !isRead else { return }
    throw ListingFailure(
      line: line, found: ByteText.string(bytes, range.prefix(240)),
      expected: "a line of an iptables-save listing")
  }

  private mutating func openTable(_ line: String) -> Bool {
    guard !isInTable else { return false }
    let name = line.dropFirst().prefix { !$0.isWhitespace }
    guard StandardTable(rawValue: String(name)) != nil else { return false }
    sections.append(Section(name: String(name)))
    lastChain = (0..<0, 0)
    isInTable = true
    return true
  }

  private mutating func closeTable(_ line: String) -> Bool {
    defer { isInTable = false }
    return isInTable && line.prefix { !$0.isWhitespace } == "COMMIT"
  }

  /// The nft variant says so of a table that holds chains which iptables did not make.
  private mutating func readComment(_ line: String) -> Bool {
    let words = line.split(separator: " ")
    if words.count > 2, words[1] == "Table", line.contains("incompatible") {
      refusedTables.append(String(words[2].filter { $0 != "`" && $0 != "'" }))
    }
    return true
  }

  private mutating func readChain(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    let nameStart = line.lowerBound + 1
    guard isInTable, nameStart < line.upperBound,
      let nameEnd = ByteText.firstIndex(of: 32, in: bytes, nameStart..<line.upperBound),
      nameEnd + 1 < line.upperBound
    else { return false }
    let policyEnd =
      ByteText.firstIndex(of: 32, in: bytes, nameEnd + 1..<line.upperBound) ?? line.upperBound
    let name = ByteText.string(bytes, nameStart..<nameEnd)
    let policy: BaseHook.Policy?
    if bytes[nameEnd + 1] == UInt8(ascii: "-") {
      policy = nil
    } else {
      let word = ByteText.string(bytes, nameEnd + 1..<policyEnd).lowercased()
      guard let known = BaseHook.Policy(rawValue: word) else { return false }
      policy = known
    }
    let table = sections.count - 1
    guard sections[table].indexes.updateValue(sections[table].chains.count, forKey: name) == nil
    else { return false }
    sections[table].chains.append(SavedChain(name: name, policy: policy, declaration: line))
    return true
  }

  private mutating func readRule(
    _ bytes: [UInt8], _ range: Range<Int>, _ listing: Int8
  ) -> Bool {
    guard isInTable else { return false }
    var index = range.lowerBound
    if bytes[index] == UInt8(ascii: "[") {
      guard
        let close = ByteText.firstIndex(of: UInt8(ascii: "]"), in: bytes, index..<range.upperBound)
      else { return false }
      index = close + 1
      while index < range.upperBound, bytes[index] == 32 { index += 1 }
    }
    guard range.upperBound - index > 3, bytes[index] == UInt8(ascii: "-"),
      bytes[index + 1] == UInt8(ascii: "A"), bytes[index + 2] == 32
    else { return false }
    let nameStart = index + 3
    let nameEnd =
      ByteText.firstIndex(of: 32, in: bytes, nameStart..<range.upperBound) ?? range.upperBound
    guard let chain = chain(bytes, nameStart..<nameEnd) else { return false }
    sections[sections.count - 1].chains[chain].rules.append(
      TextLocation(
        listing: listing, start: UInt32(range.lowerBound), end: UInt32(range.upperBound)))
    return true
  }

  /// Rules of a chain stand together, so the last chain is nearly always the one.
  private mutating func chain(_ bytes: [UInt8], _ name: Range<Int>) -> Int? {
    if !lastChain.name.isEmpty, lastChain.name.count == name.count,
      bytes[lastChain.name].elementsEqual(bytes[name])
    {
      return lastChain.index
    }
    guard let index = sections[sections.count - 1].indexes[ByteText.string(bytes, name)] else {
      return nil
    }
    lastChain = (name, index)
    return index
  }
}

extension IptablesSaveListing {
  /// The names behind `--add-set`, `--del-set` and `--map-set` anywhere in the listing.
  static func changedSets(_ bytes: [UInt8]) -> Set<String> {
    let marks = ["--add-set ", "--del-set ", "--map-set "].map { Array($0.utf8) }
    var result: Set<String> = []
    var index = 0
    while let dash = ByteText.firstIndex(of: UInt8(ascii: "-"), in: bytes, index..<bytes.count) {
      index = dash + 1
      guard dash + 10 < bytes.count, bytes[dash + 5] == UInt8(ascii: "-"),
        marks.contains(where: { bytes[dash..<dash + 10].elementsEqual($0) })
      else { continue }
      let name = bytes[(dash + 10)...].prefix { $0 != 32 && $0 != 10 }
      result.insert(String(decoding: name, as: UTF8.self))
    }
    return result
  }
}

/// The tables that iptables has, and where their chains stand.
enum StandardTable: String {
  case raw, mangle, nat, filter, security

  /// The priority of the table's chain on a hook; `nil` where it has none.
  ///
  /// Source: `NF_IP_PRI_*` of `linux/netfilter_ipv4.h`.
  func priority(at hook: Hook) -> Int? {
    switch (self, hook) {
    case (.raw, .prerouting), (.raw, .output): -300
    case (.mangle, _): -150
    case (.nat, .prerouting), (.nat, .output): -100
    case (.nat, .input), (.nat, .postrouting): 100
    case (.filter, .input), (.filter, .forward), (.filter, .output): 0
    case (.security, .input), (.security, .forward), (.security, .output): 50
    default: nil
    }
  }
}
