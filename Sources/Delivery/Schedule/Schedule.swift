/// All that makes a job run again and again: files, links, and what systemd is told.
package struct Schedule: Sendable, Hashable {
  package let kind: ScheduleKind
  package let files: [ScheduleFile]
  package let links: [ScheduleLink]
  /// Commands, each by its words, that make a running system follow the files.
  package let commands: [[String]]

  package init(_ job: ScheduledJob, kind: ScheduleKind) {
    self.kind = kind
    switch kind {
    case .cron:
      files = [CronFile(job).file]
      links = []
      commands = []
    case .systemd:
      let units = SystemdUnits(job)
      files = [units.service, units.timer]
      links = [SystemdUnits.enabling]
      // Not "enable": that is the link, which an image gets as well.
      commands = [
        ["systemctl", "daemon-reload"], ["systemctl", "restart", SystemdUnits.timerName],
      ]
    }
  }

  /// What is printed in the place of installing: each file behind its path, and what is done besides.
  package var preview: String {
    let files = files.map { "==> \($0.path)\n\($0.text)" }
    let rest =
      links.map { "==> \($0.path) -> \($0.target)\n" }
      + commands.map { "==> \($0.joined(separator: " "))\n" }
    return (files + rest).joined(separator: "\n")
  }

  /// Every path that a schedule of either kind can have, in the order of removal.
  static let places: [(path: String, kind: ScheduleKind, isLink: Bool)] = [
    (CronFile.path, .cron, false), (SystemdUnits.enabling.path, .systemd, true),
    (SystemdUnits.timerPath, .systemd, false), (SystemdUnits.servicePath, .systemd, false),
  ]
}
