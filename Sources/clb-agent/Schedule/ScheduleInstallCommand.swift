import ArgumentParser
import Delivery
import Host
import Reporting

/// `clb-agent schedule install`: from now on, at an interval.
struct ScheduleInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Install what runs \"inspect --ship --quiet\" at an interval.",
    discussion: """
      A timer of systemd where that runs, else a file in /etc/cron.d. A schedule that is there already \
      is replaced. Each host begins at a second of its own in the first four fifths of the interval.
      """)

  @Option(
    help: ArgumentHelp(
      "cron or systemd; what the host has, where it is not given.", valueName: "kind"))
  var kind: ScheduleKind?

  @Option(
    help: ArgumentHelp(
      "From one run to the next: \(ScheduleInterval.expected). Default: 5m.", valueName: "time"))
  var interval = ScheduleInterval.standard.description

  @Option(help: ArgumentHelp("The user who runs it.", valueName: "name"))
  var user = "root"

  @Option(
    help: ArgumentHelp(
      "The settings file of these runs, by its absolute path; \(SettingsFile.standardPath) where none is named.",
      valueName: "file"), completion: .file())
  var config: String?

  @Option(
    help: ArgumentHelp(
      "The agent that is run, by its absolute path; this very one where none is named.",
      valueName: "file"), completion: .file())
  var program: String?

  @Option(
    help: ArgumentHelp(
      "A directory that runs write to besides those that the settings name; may be repeated. Only systemd asks.",
      valueName: "directory"), completion: .directory)
  var writable: [String] = []

  @OptionGroup var place: SchedulePlace

  @Flag(help: "Print the files, and write nothing.")
  var dryRun = false

  func run() throws {
    let settings = place.root == nil ? try ScheduledSettings(config: config) : ScheduledSettings()
    let job = try makeJob(settings)
    try RunError.rethrowing { () throws(ScheduleError) in
      let schedule = Schedule(job, kind: try place.installer.kind(kind))
      guard !dryRun else { return StandardOutput.write(HostText.lines(schedule.preview)) }
      try place.wait { installer async throws(ScheduleError) in
        try await installer.install(schedule, of: job)
      }
      let paths = schedule.files.map { (place.root ?? "") + $0.path }
      let note =
        schedule.kind == .systemd
        ? "\"systemctl list-timers\" tells when" : "cron reads it within a minute"
      if !settings.hasReceivers {
        StandardError.write(
          "clb-agent: the settings file names no receivers; each run ends with status 64 until it does\n"
        )
      }
      StandardOutput.write(
        "installed: \(HostText.terminal(paths.joined(separator: ", "))) (each \(job.interval); \(note))\n"
      )
    }
  }

  private func makeJob(_ settings: ScheduledSettings) throws(RunError) -> ScheduledJob {
    guard let parsed = ScheduleInterval(parsing: interval) else {
      throw .usage("--interval \"\(interval)\": expected \(ScheduleInterval.expected)")
    }
    let own = LiveDoor().readLink("/proc/self/exe").value
    guard let program = program ?? own else {
      throw .usage("--program: expected it, for /proc/self/exe cannot be read")
    }
    return try RunError.rethrowing { () throws(ScheduleError) in
      try ScheduledJob(
        program: program, user: user, interval: parsed, config: config,
        writableDirectories: settings.writableDirectories + writable)
    }
  }
}

extension ScheduleKind: ExpressibleByArgument {}
