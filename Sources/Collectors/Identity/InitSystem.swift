package import Host

/// What starts and stops services here.
package enum InitSystem: Sendable, Hashable {
  case systemd
  case openRC
  /// Scripts in `/etc/init.d`, run by System V's init or Upstart.
  case sysV
  case busybox
  case runit
  /// Process 1 is something else, as in a container: its name.
  case other(String)

  /// Asks what sd_booted(3) asks, then OpenRC's state directory, then the name of process 1.
  package static func read(from door: some HostDoor) -> Reading<InitSystem> {
    let systemd = door.listDirectory("/run/systemd/system")
    if case .value(_, let source) = systemd { return .value(.systemd, from: source) }
    let openRC = door.listDirectory("/run/openrc")
    if case .value(_, let source) = openRC { return .value(.openRC, from: source) }
    let first = door.readFile("/proc/1/comm", limit: .standard)
    // BusyBox's init is called "init" too, through a link to the one program.
    let link = door.readLink("/sbin/init").value ?? ""
    return first.parsedText { text throws(ParseFailure) in
      switch try HostIdentity.firstWord(parsing: text) {
      case "busybox": .busybox
      case "init" where link.hasSuffix("busybox"): .busybox
      case "init": .sysV
      case "openrc-init": .openRC
      case "runit", "runit-init": .runit
      case let name: .other(name)
      }
    }
  }
}

extension InitSystem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .systemd: "systemd"
    case .openRC: "OpenRC"
    case .sysV: "System V init"
    case .busybox: "BusyBox init"
    case .runit: "runit"
    case .other(let name): name
    }
  }
}
