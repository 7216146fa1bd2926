package import Host

/// The listening sockets of another network namespace, seen through one of its processes.
package struct NamespaceSockets: Sendable {
  /// `net:[4026532000]`.
  package var namespace: String
  /// The process through whose `/proc/PID/net` it was read, and its name.
  package var process: Int
  package var command: String
  package var sockets: ListeningSockets

  package init(namespace: String, process: Int, command: String, sockets: ListeningSockets) {
    self.namespace = namespace
    self.process = process
    self.command = command
    self.sockets = sockets
  }

  /// How many namespaces are looked into: a Kubernetes node has one a pod, some hundreds.
  private static let most = 512

  /// Reads every namespace of the table but the agent's own.
  package static func read(
    _ processes: ProcessTable, from door: some HostDoor
  ) -> [NamespaceSockets] {
    guard let own = processes.ownNamespace else { return [] }
    return processes.namespaces.filter { $0.key != own }.sorted { $0.key < $1.key }.prefix(most)
      .compactMap { namespace, members in
        guard let process = members.first else { return nil }
        return NamespaceSockets(
          namespace: namespace, process: process, command: processes.commands[process] ?? "",
          sockets: ListeningSockets.read(from: door, directory: "/proc/\(process)/net"))
      }
  }
}
