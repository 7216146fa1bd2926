import ArgumentParser

/// `clb-agent schedule`: periodic reports, by cron or systemd.
struct ScheduleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Inspect and ship again and again, by cron or a systemd timer.",
    discussion: """
      Examples:
        clb-agent schedule install --dry-run
        clb-agent schedule install --interval 10m
        clb-agent schedule install --kind cron --user clb-agent
        clb-agent schedule show
        clb-agent schedule remove
      """,
    subcommands: [
      ScheduleInstallCommand.self, ScheduleShowCommand.self, ScheduleRemoveCommand.self,
    ])
}
