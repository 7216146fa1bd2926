/// Why a schedule was not installed, shown or removed.
package enum ScheduleError: Error, Sendable, Hashable {
  /// A value that no schedule can hold.
  case illegal(option: String, found: String, expected: String)
  /// The host has neither systemd nor `/etc/cron.d`, or not the one that was asked for.
  case noScheduler(ScheduleKind?)
  /// No such user; cron would ignore the file, and systemd refuse the unit.
  case unknownUser(String)
  /// The job is root's, and others could put another program in its place.
  case unsafeProgram(path: String, reason: String)
  /// A file in our place that we did not write; it stays as it is.
  case notOurs(path: String)
  /// A file or directory could not be read, written or removed.
  case file(path: String, reason: String)
  /// A command that had to succeed did not.
  case command(words: String, reason: String)

  /// Whether the caller can mend it by another command line.
  package var isUsage: Bool {
    switch self {
    case .illegal, .noScheduler, .unknownUser, .unsafeProgram, .notOurs: true
    case .file, .command: false
    }
  }
}

extension ScheduleError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .illegal(let option, let found, let expected):
      "\(option) \"\(found)\": expected \(expected)"
    case .noScheduler(nil):
      "neither a running systemd nor /etc/cron.d is here; expected one of them, or --kind and --root for an "
        + "image"
    case .noScheduler(.cron): "--kind cron: no /etc/cron.d is here; expected a cron that reads it"
    case .noScheduler(.systemd):
      "--kind systemd: systemd does not run here; expected it, or --root for an image"
    case .unknownUser(let name): "--user \"\(name)\": expected a user of this host"
    case .unsafeProgram(let path, let reason):
      "--program \"\(path)\": \(reason); expected a program that root alone can replace, for root runs it"
    case .notOurs(let path):
      "\(path): not made by \"clb-agent schedule install\", and so left as it is; expected no such file, or "
        + "one whose first line says so"
    case .file(let path, let reason): "\(path): \(reason)"
    case .command(let words, let reason): "\(words): \(reason)"
    }
  }
}
