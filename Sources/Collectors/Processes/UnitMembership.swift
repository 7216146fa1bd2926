/// The systemd unit that a process is a part of, by its control group.
///
/// Source: the path in systemd's own hierarchy of `/proc/PID/cgroup`, cgroups(7); systemd.slice(5).
enum UnitMembership: Sendable, Hashable {
  /// A service of the system's systemd.
  case system(String)
  /// A service of a user's own systemd.
  case user(String, userID: UInt32)

  /// The first part of the path that is a service; of a user's manager (`user@1000.service`) the first
  /// behind it. A service may have groups of its own below that.
  ///
  /// `nil` for the root, for a scope (a session, a container) and whatever is inside one, and for a
  /// process that a service started without being a part of it: what cron or a shell of ssh runs is in
  /// `cron.service` or `ssh.service`, and restarting those does nothing to it.
  ///
  /// - Parameter command: the kernel's name of the process.
  init?(controlGroups text: String, command: String) {
    let path = text.kernelLines.lazy.compactMap { UnitMembership.path($0.text) }.first
    let units = (path ?? "").split(separator: "/").filter {
      $0.hasSuffix(".service") || $0.hasSuffix(".scope")
    }
    guard let first = units.first, first.hasSuffix(".service") else { return nil }
    guard let user = UnitMembership.user(first) else {
      guard UnitMembership.isPart(command, of: first) else { return nil }
      self = .system(String(first))
      return
    }
    guard let own = units.dropFirst().first, own.hasSuffix(".service") else { return nil }
    self = .user(String(own), userID: user)
  }

  /// The path in systemd's hierarchy, of version 2 or of version 1.
  private static func path(_ line: Substring) -> Substring? {
    let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3, fields[1].isEmpty || fields[1] == "name=systemd", fields[2] != "/"
    else { return nil }
    return fields[2]
  }

  /// The number in `user@1000.service`.
  private static func user(_ unit: Substring) -> UInt32? {
    guard unit.hasPrefix("user@") else { return nil }
    return UInt32(kernelDecimal: unit.dropFirst("user@".count).dropLast(".service".count))
  }

  /// Services that run whatever they are told to, with the name of their own processes.
  private static let starters: [Substring: String] = [
    "cron.service": "cron", "crond.service": "crond", "anacron.service": "anacron",
    "atd.service": "atd", "ssh.service": "sshd", "sshd.service": "sshd",
    "tat_agent.service": "tat_agent",
  ]

  private static func isPart(_ command: String, of unit: Substring) -> Bool {
    guard let own = starters[unit] else { return true }
    return command == own
  }
}
