/// A process that has a socket among its descriptors.
package struct SocketHolder: Sendable, Hashable {
  package var processID: Int
  /// The kernel's name of it, at most 15 bytes: `comm`.
  package var command: String
  /// The process that made it; `nil` where we did not see that.
  package var parentID: Int?
  /// The scheduler's letter: `S` sleeping, `R` running, `T` stopped, `D` waiting for a disk, …; `nil`
  /// where we did not see that.
  package var state: Character?

  package init(
    processID: Int, command: String, parentID: Int? = nil, state: Character? = nil
  ) {
    self.processID = processID
    self.command = command
    self.parentID = parentID
    self.state = state
  }

  /// Whether a signal or a debugger stopped it, so that it accepts nothing.
  package var isStopped: Bool { state == "T" || state == "t" }

  /// Whether it is the system's first process or a systemd of a user, which hold sockets for the
  /// services that they start.
  var isServiceManager: Bool { processID == 1 || command == "systemd" }

  /// With what `/proc/PID/status` says; lines that are missing or odd leave their answer out.
  init(_ bare: SocketHolder, status: String) {
    self = bare
    for line in status.kernelLines {
      let words = line.words
      switch words.first {
      case "State:": state = words.dropFirst().first?.first
      case "PPid:": parentID = words.dropFirst().first.flatMap { Int(kernelDecimal: $0) }
      default: continue
      }
    }
  }
}
