import LoadBalancer

/// The file of `/etc/cron.d` that runs a job.
///
/// Source: cron(8) and crontab(5) of Debian's cron, which cronie follows in all that is used here.
struct CronFile: Sendable, Hashable {
  /// A name with a dot would be ignored.
  static let path = "/etc/cron.d/clb-agent"

  /// cron's own has no `sbin`, where the packet filters' tools are.
  private static let searchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

  let file: ScheduleFile

  init(_ job: ScheduledJob) {
    file = ScheduleFile(
      path: Self.path,
      lines: [
        "# An inspection each \(job.interval), its report stored and sent. --spread lets each host begin at a second",
        "# of its own, so that a fleet does not report at once. It prints, and cron mails, only what has changed.",
        "SHELL=/bin/sh",
        "PATH=\(Self.searchPath)",
        "\(job.interval.cronFields) \(job.user) \(Self.command(job))",
      ])
  }

  /// The shell's command, which does nothing once the program is gone.
  private static func command(_ job: ScheduledJob) -> String {
    let program = ShellQuoting.quoted(job.program)
    let words = [program] + job.arguments.map(ShellQuoting.quoted)
    let command = "test -x \(program) && exec \(words.joined(separator: " "))"
    // cron ends the command at a bare one, in quotes too.
    return command.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "\\%")
  }
}
