package import Host

/// Who holds a socket: the process that stands for it, and all others.
package struct SocketOwner: Sendable, Hashable {
  package var processID: Int
  /// The kernel's name of it, at most 15 bytes: `comm`.
  package var command: String
  /// Where its executable lies; `nil` where we may not see that.
  package var executable: String?
  /// The unit of the system's systemd that it is a part of: `nginx.service`.
  ///
  /// `nil` where it is of none, also for a process that somebody started by hand, from a session or
  /// from cron.
  package var unit: String?
  /// The unit of a user's own systemd that it is a part of; then `unit` is `nil`.
  package var userUnit: UserUnit?
  /// The scheduler's letter: `S` sleeping, `R` running, `T` stopped, `D` waiting for a disk, …
  package var state: Character?
  /// Every process that holds the socket, lowest first, itself among them.
  package var holders: [SocketHolder]

  package init(
    processID: Int, command: String, executable: String? = nil, unit: String? = nil,
    userUnit: UserUnit? = nil, state: Character? = nil, holders: [SocketHolder]? = nil
  ) {
    self.processID = processID
    self.command = command
    self.executable = executable
    self.unit = unit
    self.userUnit = userUnit
    self.state = state
    self.holders =
      holders ?? [SocketHolder(processID: processID, command: command, state: state)]
  }

  /// Chooses the process that stands for the socket: the lowest that is no service manager, which
  /// holds sockets for the services that it starts. `nil` for no holder.
  init?(holders: [SocketHolder]) {
    guard let main = holders.first(where: { !$0.isServiceManager }) ?? holders.first else {
      return nil
    }
    self.init(
      processID: main.processID, command: main.command, state: main.state, holders: holders)
  }

  /// The owners of some sockets, with what there is to know of each.
  ///
  /// Reads three small files of the process that stands for a socket, and one of each other holder.
  package static func all(
    _ holders: [UInt64: [SocketHolder]], from door: some HostDoor
  ) -> [UInt64: SocketOwner] {
    var details = OwnerDetails(door: door)
    return holders.compactMapValues { holders in
      SocketOwner(holders: holders.map { details.holder($0) }).map { details.completing($0) }
    }
  }

  /// The holders that accept connections, as far as their kinship tells.
  ///
  /// A service manager does not, where someone else holds the socket; nor does a master, which is the
  /// parent of another holder of its own name.
  package var accepting: [SocketHolder] {
    let candidates = holders.filter { !$0.isServiceManager }
    let masters = Set(candidates.map { Master(processID: $0.parentID, command: $0.command) })
    let workers = candidates.filter {
      !masters.contains(Master(processID: $0.processID, command: $0.command))
    }
    return workers.isEmpty ? holders : workers
  }

  /// Someone's parent, if it has the same name.
  private struct Master: Hashable {
    var processID: Int?
    var command: String
  }
}

/// A unit of a user's own systemd: `systemctl --user`.
package struct UserUnit: Sendable, Hashable {
  package var name: String
  package var userID: UInt32

  package init(name: String, userID: UInt32) {
    self.name = name
    self.userID = userID
  }
}
