package import Host

/// What starts the runs.
package enum ScheduleKind: String, Sendable, Hashable, CaseIterable {
  /// A file in `/etc/cron.d`.
  case cron
  /// A timer of systemd.
  case systemd

  /// What this host has: systemd where it runs and can be told so, else a cron that reads `/etc/cron.d`.
  ///
  /// - Parameter isImage: whether the door shows an image that does not run, where only the programs count.
  /// - Returns: `nil` where there is neither.
  package init?(of door: some HostDoor, isImage: Bool) {
    if Self.hasSystemd(door, isImage: isImage) {
      self = .systemd
    } else if door.hasDirectory("/etc/cron.d") {
      self = .cron
    } else {
      return nil
    }
  }

  private static func hasSystemd(_ door: some HostDoor, isImage: Bool) -> Bool {
    if isImage {
      return ["/usr/lib/systemd/systemd", "/lib/systemd/systemd"].contains(where: door.hasFile)
    }
    // What sd_booted(3) looks at.
    return door.hasDirectory("/run/systemd/system")
      && ["/usr/bin/systemctl", "/bin/systemctl"].contains(where: door.hasFile)
  }
}

extension HostDoor {
  func hasDirectory(_ path: String) -> Bool { listDirectory(path).value != nil }

  func hasFile(_ path: String) -> Bool { readFile(path, limit: .prefix(1)).value != nil }
}
