import Host

/// How many sockets of each kind a network namespace has in use.
///
/// Source: `inuse` of `/proc/net/sockstat` and `sockstat6`. The kernel keeps these counts, where the
/// listing of an empty table takes it a walk through the connections of all namespaces.
struct SocketCounts: Sendable, Hashable {
  private var counts: [SocketTable: Int] = [:]

  /// Parses either file: lines of a name, a colon, and pairs of a word and a number.
  ///
  /// - Throws: a line of a table whose `inuse` is missing or no number. Lines of other names are skipped.
  init(parsing text: some StringProtocol) throws(ParseFailure) {
    for line in text.kernelLines {
      let words = line.words
      guard let table = SocketCounts.tables[words.first ?? ""] else { continue }
      guard words.count >= 3, words[1] == "inuse", let count = Int(kernelCount: words[2])
      else {
        throw line.failure(found: line.text, expected: "inuse and a number")
      }
      counts[table] = count
    }
  }

  private static let tables: [Substring: SocketTable] = [
    "TCP:": .tcp, "UDP:": .udp, "TCP6:": .tcp6, "UDP6:": .udp6,
  ]

  /// Whether the table is known to be empty.
  func isEmpty(_ table: SocketTable) -> Bool { counts[table] == 0 }

  /// Reads `sockstat` or `sockstat6` of a `net` directory.
  static func read(
    _ file: String, in directory: String, from door: some HostDoor
  ) -> Reading<SocketCounts> {
    door.readFile("\(directory)/\(file)", limit: .standard)
      .parsedText(SocketCounts.init(parsing:))
  }
}
