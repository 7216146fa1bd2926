package import Host

/// The listening sockets and who holds them: what `ss -ltnup` lists.
package struct SocketOwnership: Sendable {
  package var sockets: ListeningSockets
  package var processes: Reading<ProcessTable>
  /// Socket's inode → who holds it, as far as that is visible.
  package var owners: [UInt64: SocketOwner]

  /// Reads the agent's own namespace; the owners of all that is found there.
  package static func read(from door: some HostDoor) -> SocketOwnership {
    let sockets = ListeningSockets.read(from: door)
    let processes = ProcessTable.read(from: door)
    let inodes = Set(sockets.all.map(\.inode)).subtracting([0])
    return SocketOwnership(
      sockets: sockets, processes: processes,
      owners: processes.value?.owners(of: inodes, from: door) ?? [:])
  }
}
