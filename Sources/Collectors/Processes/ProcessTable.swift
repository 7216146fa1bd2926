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
      for process in names.compactMap({ Int(kernelDecimal: $0) }).sorted()
      where process > 0 {
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

  /// Finds who holds these sockets, lowest process first: the processes' numbers and names alone.
  ///
  /// Sockets whose holder we may not see have no entry.
  package func holders(
    of inodes: Set<UInt64>, from door: some HostDoor
  ) -> [UInt64: [SocketHolder]] {
    var search = OwnerSearch(wanted: inodes, commands: commands, door: door)
    search.run()
    return search.found.mapValues { processes in
      processes.sorted().map { SocketHolder(processID: $0, command: commands[$0] ?? "") }
    }
  }
}
