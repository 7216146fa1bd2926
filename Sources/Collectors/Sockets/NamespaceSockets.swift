package import Host

/// The listening sockets of another network namespace, seen through one of its processes.
package struct NamespaceSockets: Sendable {
  /// `net:[4026532000]`.
  package var namespace: String
  /// The process through whose `/proc/PID/net` it was read, its lowest, and its name. Whose a socket
  /// is, `owners` says.
  package var process: Int
  package var command: String
  package var sockets: ListeningSockets
  /// Socket's inode → who holds it: numbers and names alone, as far as they are visible.
  package var owners: [UInt64: SocketOwner]

  package init(
    namespace: String, process: Int, command: String, sockets: ListeningSockets,
    owners: [UInt64: SocketOwner] = [:]
  ) {
    self.namespace = namespace
    self.process = process
    self.command = command
    self.sockets = sockets
    self.owners = owners
  }

  /// Who holds one of its sockets; `nil` where that is not visible.
  package func owner(of socket: ListeningSocket) -> SocketOwner? { owners[socket.inode] }

  /// How many namespaces are looked into: a Kubernetes node has one a pod, some hundreds.
  private static let most = 512

  /// Reads every namespace of the table but the agent's own; without owners.
  ///
  /// - Parameter secondsLimit: for all of them; those left then have failed readings.
  package static func read(
    _ processes: ProcessTable, from door: some HostDoor, secondsLimit: Double = 2
  ) -> [NamespaceSockets] {
    guard let own = processes.ownNamespace else { return [] }
    let deadline = ContinuousClock.now + .seconds(secondsLimit)
    return processes.namespaces.filter { $0.key != own }.sorted { $0.key < $1.key }.prefix(most)
      .compactMap { namespace, members in
        guard let process = members.first else { return nil }
        let directory = "/proc/\(process)/net"
        return NamespaceSockets(
          namespace: namespace, process: process, command: processes.commands[process] ?? "",
          sockets: ContinuousClock.now < deadline
            ? ListeningSockets.read(from: door, directory: directory)
            : ListeningSockets.notRead(directory, secondsLimit: secondsLimit))
      }
  }
}

extension ListeningSockets {
  /// A namespace that there was no time for.
  fileprivate static func notRead(_ directory: String, secondsLimit: Double) -> ListeningSockets {
    ListeningSockets(
      tables: Dictionary(
        uniqueKeysWithValues: SocketTable.allCases.map {
          ($0, .failed(.file("\(directory)/\($0.rawValue)"), .timeLimit(seconds: secondsLimit)))
        }))
  }
}
