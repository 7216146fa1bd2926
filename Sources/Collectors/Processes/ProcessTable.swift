package import Host

/// The processes of the host, the network namespaces they live in, and who holds which socket.
package struct ProcessTable: Sendable {
  /// Process number → the kernel's name of it.
  package var commands: [Int: String]
  /// Namespace (`net:[4026531840]`) → its processes, lowest first.
  package var namespaces: [String: [Int]]
  /// The agent's own namespace; `nil` where it could not be read.
  package var ownNamespace: String?
  /// Processes whose descriptors or namespace we may not see.
  package var hidden: Int

  /// Reads names and namespaces of all processes.
  package static func read(from door: some HostDoor) -> Reading<ProcessTable> {
    door.listDirectory("/proc").parsed { names throws(ParseFailure) in
      var table = ProcessTable(
        commands: [:], namespaces: [:], ownNamespace: door.readLink("/proc/self/ns/net").value,
        hidden: 0)
      for process in names.compactMap({ Int($0) }).sorted() {
        // A process that ended since the listing has neither, and is left out.
        guard let name = door.readFile("/proc/\(process)/comm", limit: .standard).value else {
          continue
        }
        table.commands[process] =
          String(decoding: name, as: UTF8.self)
          .split(separator: "\n").first.map(String.init) ?? ""
        switch door.readLink("/proc/\(process)/ns/net") {
        case .value(let namespace, _): table.namespaces[namespace, default: []].append(process)
        case .denied: table.hidden += 1
        case .absent, .failed: break
        }
      }
      return table
    }
  }

  /// Finds who holds these sockets; a socket of several is given to the lowest process.
  ///
  /// Low descriptors of every process are looked at first, then the rest in steps; it stops when the
  /// last socket is found. Sockets whose holder we may not see stay without one.
  package func owners(of inodes: Set<UInt64>, from door: some HostDoor) -> [UInt64: SocketOwner] {
    var search = OwnerSearch(wanted: inodes, door: door)
    let processes = commands.keys.sorted()
    for process in processes where !search.isDone { search.look(process, 0..<32) }
    for process in processes where !search.isDone { search.lookAtRest(process) }
    return search.found.mapValues {
      SocketOwner.read($0, command: commands[$0] ?? "", from: door)
    }
  }
}

/// A walk through descriptors with the sockets still looked for.
private struct OwnerSearch<Door: HostDoor> {
  private var wanted: Set<UInt64>
  private let door: Door
  private(set) var found: [UInt64: Int] = [:]

  init(wanted: Set<UInt64>, door: Door) {
    self.wanted = wanted
    self.door = door
  }

  var isDone: Bool { wanted.isEmpty }

  mutating func look(_ process: Int, _ numbers: Range<Int>) {
    let links = door.readNumberedLinks("/proc/\(process)/fd", numbers).value ?? [:]
    for target in links.values {
      guard let inode = OwnerSearch.inode(target), wanted.remove(inode) != nil else { continue }
      found[inode] = process
    }
  }

  /// The descriptors from 32 on, up to the size of the process's table.
  mutating func lookAtRest(_ process: Int) {
    guard let status = door.readFile("/proc/\(process)/status", limit: .standard).value else {
      return
    }
    let size = String(decoding: status, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("FDSize:") }
      .flatMap { Int($0.dropFirst("FDSize:".count).filter { !$0.isWhitespace }) }
    guard let size else { return }
    var start = 32
    while start < size, !isDone {
      look(process, start..<min(start + 1024, size))
      start += 1024
    }
  }

  /// The number in `socket:[12345]`.
  private static func inode(_ target: String) -> UInt64? {
    guard target.hasPrefix("socket:["), target.hasSuffix("]") else { return nil }
    return UInt64(target.dropFirst("socket:[".count).dropLast())
  }
}
