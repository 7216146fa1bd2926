import Addressing
package import Host

/// Every socket of one network namespace that waits for somebody.
package struct ListeningSockets: Sendable {
  /// The four listings, each with its own reason where it could not be read.
  package var tables: [SocketTable: Reading<[ListeningSocket]>]
  /// How many sockets of the table sock_diag(7) described, or why it described none.
  package var details: [SocketTable: Reading<Int>]

  package init(
    tables: [SocketTable: Reading<[ListeningSocket]>], details: [SocketTable: Reading<Int>] = [:]
  ) {
    self.tables = tables
    self.details = details
  }

  /// Every socket of the listings that could be read, in the kernel's order.
  package var all: [ListeningSocket] {
    SocketTable.allCases.flatMap { tables[$0]?.value ?? [] }
  }

  /// Reads the agent's own namespace, with details.
  package static func read(from door: some HostDoor) -> ListeningSockets {
    let answers = Dictionary(
      uniqueKeysWithValues: SocketTable.allCases.map { ($0, diagnosed($0, door)) })
    // What sock_diag(7) found is in the listing whatever the counts say.
    let named = answers.filter { $0.value.value?.isEmpty == false }.keys
    var sockets = read(from: door, directory: "/proc/net", known: Set(named))
    for (table, answers) in answers {
      sockets.details[table] = answers.parsed { answers throws(ParseFailure) in answers.count }
      if let answers = answers.value { sockets.add(answers, to: table) }
    }
    return sockets
  }

  /// Reads the listings of the namespace whose `net` directory this is; without details, for
  /// sock_diag(7) answers for the asker's own namespace alone.
  ///
  /// - Parameter known: tables that are read even if the kernel's counts say that they are empty.
  package static func read(
    from door: some HostDoor, directory: String, known: Set<SocketTable> = []
  ) -> ListeningSockets {
    let counts = [
      IPAddress.Family.ipv4: SocketCounts.read("sockstat", in: directory, from: door),
      .ipv6: SocketCounts.read("sockstat6", in: directory, from: door),
    ]
    var tables: [SocketTable: Reading<[ListeningSocket]>] = [:]
    for table in SocketTable.allCases {
      if case .value(let counts, let source)? = counts[table.family], counts.isEmpty(table),
        !known.contains(table)
      {
        tables[table] = .value([], from: source)
      } else {
        tables[table] = readTable(table, "\(directory)/\(table.rawValue)", door)
      }
    }
    return ListeningSockets(tables: tables)
  }

  /// Reads more and more of the listing until the last listening socket has been seen.
  private static func readTable(
    _ table: SocketTable, _ path: String, _ door: some HostDoor
  ) -> Reading<[ListeningSocket]> {
    for limit in [1 << 14, 1 << 17, 1 << 20, 1 << 24] {
      let reading = door.readFile(path, limit: .prefix(limit)).parsed {
        bytes throws(ParseFailure) in
        try ProcNetSockets(
          parsing: String(decoding: bytes, as: UTF8.self), table: table,
          isCut: bytes.count == limit)
      }
      guard case .value(let found, let source) = reading, !found.isWhole else {
        return reading.parsed { found throws(ParseFailure) in found.sockets }
      }
      if limit == 1 << 24 { return .failed(source, .overLimit(bytes: limit)) }
    }
    return .absent(.file(path))
  }

  private static func diagnosed(
    _ table: SocketTable, _ door: some HostDoor
  ) -> Reading<[DiagnosedSocket]> {
    door.ask(SockDiag.listening(table)).parsed { messages throws(ParseFailure) in
      var sockets: [DiagnosedSocket] = []
      for message in messages { sockets.append(try DiagnosedSocket(parsing: message)) }
      return sockets
    }
  }

  private mutating func add(_ answers: [DiagnosedSocket], to table: SocketTable) {
    guard case .value(var sockets, let source) = tables[table] else { return }
    let byInode = Dictionary(answers.map { ($0.inode, $0) }, uniquingKeysWith: { $1 })
    for index in sockets.indices {
      guard let answer = byInode[sockets[index].inode] else { continue }
      sockets[index].details = SocketDetails(
        isIPv6Only: answer.isIPv6Only, deviceIndex: answer.deviceIndex,
        acceptQueueLimit: answer.sendQueue)
    }
    tables[table] = .value(sockets, from: source)
  }
}
