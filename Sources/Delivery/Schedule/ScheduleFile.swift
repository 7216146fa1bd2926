/// One file of a schedule.
package struct ScheduleFile: Sendable, Hashable {
  package let path: String
  /// All of it, `marker` in its first line.
  package let text: String

  /// The first line, by which a file is known to be ours to replace and to remove.
  package static let marker =
    "# Made by \"clb-agent schedule install\"; \"clb-agent schedule remove\" removes it."

  init(path: String, lines: [String]) {
    self.path = path
    // cron takes no file without a line feed at its end.
    text = ([Self.marker] + lines).joined(separator: "\n") + "\n"
  }

  /// Whether a file with this text was written by us.
  static func isOurs(_ text: some StringProtocol) -> Bool {
    text.hasPrefix(marker + "\n")
  }
}

/// A symbolic link of a schedule.
package struct ScheduleLink: Sendable, Hashable {
  package let path: String
  package let target: String
}
