import Host

/// A process that holds a socket.
package struct SocketOwner: Sendable, Hashable {
  package var processID: Int
  /// The kernel's name of it, at most 15 bytes: `comm`.
  package var command: String
  /// Where its executable lies; `nil` where we may not see that.
  package var executable: String?
  /// The systemd unit whose control group it is in: `nginx.service`.
  package var unit: String?
  /// The scheduler's letter: `S` sleeping, `R` running, `T` stopped, `D` waiting for a disk, …
  package var state: Character?

  package init(
    processID: Int, command: String, executable: String? = nil, unit: String? = nil,
    state: Character? = nil
  ) {
    self.processID = processID
    self.command = command
    self.executable = executable
    self.unit = unit
    self.state = state
  }

  /// Reads what there is to know of one process. Cheap: four small files.
  static func read(_ processID: Int, command: String, from door: some HostDoor) -> SocketOwner {
    let directory = "/proc/\(processID)"
    let control = door.readFile("\(directory)/cgroup", limit: .standard).value
    let status = door.readFile("\(directory)/status", limit: .standard).value
    return SocketOwner(
      processID: processID, command: command,
      executable: door.readLink("\(directory)/exe").value,
      unit: control.flatMap { unit(inControlGroups: String(decoding: $0, as: UTF8.self)) },
      state: status.flatMap { state(inStatus: String(decoding: $0, as: UTF8.self)) })
  }

  /// The last part of a control group's path that is a service or a scope with a service's name.
  ///
  /// A delegated service has groups of its own below the unit's, so the last path part need not be it.
  static func unit(inControlGroups text: String) -> String? {
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3, fields[1].isEmpty || fields[1] == "name=systemd" else { continue }
      return fields[2].split(separator: "/").last { $0.hasSuffix(".service") }.map(String.init)
    }
    return nil
  }

  static func state(inStatus text: String) -> Character? {
    let line = text.split(separator: "\n").first { $0.hasPrefix("State:") }
    return line?.dropFirst("State:".count).first { !$0.isWhitespace }
  }
}
