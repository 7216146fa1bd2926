/// What a schedule runs: an inspection that ships its report, and whose.
package struct ScheduledJob: Sendable, Hashable {
  /// The agent's absolute path.
  package let program: String
  /// The user who runs it.
  package let user: String
  package let interval: ScheduleInterval
  /// The settings file's absolute path; `nil` for the standard one.
  package let config: String?
  /// Directories besides the state directory that a run writes to, for a unit that sees all others read-only.
  package let writableDirectories: [String]

  /// Where Debian's node_exporter looks for text files.
  package static let textfileDirectory = "/var/lib/prometheus/node-exporter"

  /// - Throws: the first value that a schedule cannot hold.
  package init(
    program: String, user: String = "root", interval: ScheduleInterval = .standard,
    config: String? = nil, writableDirectories: [String] = [textfileDirectory]
  ) throws(ScheduleError) {
    guard Self.isSchedulable(program), !program.contains(where: { "\"'$".contains($0) }) else {
      throw .illegal(
        option: "--program", found: program,
        expected: "\(Self.expectedPath), nor quotes and $, which systemd takes in no program's name"
      )
    }
    for (option, paths) in [
      ("--config", config.map { [$0] } ?? []), ("--writable", writableDirectories),
    ] {
      guard let path = paths.first(where: { !Self.isSchedulable($0) }) else { continue }
      throw .illegal(option: option, found: path, expected: Self.expectedPath)
    }
    guard Self.isUserName(user) else {
      throw .illegal(
        option: "--user", found: user,
        expected: "a user's name: 1 to 32 of a-z, A-Z, 0-9, _ and -, no digit or - first")
    }
    self.program = program
    self.user = user
    self.interval = interval
    self.config = config
    self.writableDirectories = writableDirectories
  }

  var isRoots: Bool { user == "root" }

  /// The program's arguments, in order.
  var arguments: [String] {
    let configuration = config.map { ["--config", $0] } ?? []
    return ["inspect"] + configuration
      + ["--ship", "--quiet", "--spread", String(interval.spreadSeconds)]
  }

  private static let expectedPath = "an absolute path without control characters and backslashes"

  /// Whether cron, the shell and systemd all take the path, quoted, for what it is.
  ///
  /// A backslash is out, for each of them, and each cron in its own way, takes it for the start of an escape.
  private static func isSchedulable(_ path: String) -> Bool {
    path.hasPrefix("/")
      && path.unicodeScalars.allSatisfy { scalar in
        scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && scalar != "\\"
      }
  }

  private static func isUserName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first != 0x2D, !(0x30...0x39).contains(first) else {
      return false
    }
    return name.utf8.count <= 32
      && name.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
        default: false
        }
      }
  }
}
