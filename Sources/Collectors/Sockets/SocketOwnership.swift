package import Host

/// The listening sockets and who holds them: what `ss -ltnup` lists.
package struct SocketOwnership: Sendable {
  package var sockets: ListeningSockets
  package var processes: Reading<ProcessTable>
  /// Socket's inode → who holds it, as far as that is visible.
  package var owners: [UInt64: SocketOwner]
  /// The other network namespaces, each with its owners; empty where they were not asked for.
  package var namespaces: [NamespaceSockets]

  /// Reads the agent's own namespace; the owners of all that is found there.
  package static func read(from door: some HostDoor) -> SocketOwnership {
    SocketOwnership(
      sockets: ListeningSockets.read(from: door), processes: ProcessTable.read(from: door),
      namespaces: [], from: door)
  }

  /// Finds the owners of the sockets of all namespaces in one walk through the processes.
  init(
    sockets: ListeningSockets, processes: Reading<ProcessTable>, namespaces: [NamespaceSockets],
    from door: some HostDoor
  ) {
    self.sockets = sockets
    self.processes = processes
    self.namespaces = namespaces
    owners = [:]
    guard let table = processes.value else { return }
    let own = sockets.inodes
    let holders = table.holders(
      of: namespaces.reduce(into: own) { $0.formUnion($1.sockets.inodes) }, from: door)
    owners = SocketOwner.all(holders.filter { own.contains($0.key) }, from: door)
    for index in namespaces.indices {
      let inodes = namespaces[index].sockets.inodes
      self.namespaces[index].owners = holders.filter { inodes.contains($0.key) }
        .compactMapValues { SocketOwner(holders: $0) }
    }
  }
}

extension ListeningSockets {
  /// 0 is nobody's: a socket that is being closed has it.
  fileprivate var inodes: Set<UInt64> { Set(all.map(\.inode)).subtracting([0]) }
}
