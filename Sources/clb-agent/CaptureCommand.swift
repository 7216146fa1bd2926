import ArgumentParser
import Checker
import Settings

/// `clb-agent capture`: one file with all that an inspection reads, to attach to a ticket.
struct CaptureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capture",
    abstract: "Write all that an inspection reads, and its probes, into one file.",
    discussion: """
      The file is text, one JSON object a line. It holds addresses, process names and packet-filter \
      rules of this host, and no command lines, environments or file contents of yours. \
      "clb-agent inspect --from FILE" gives the same report anywhere.
      """)

  @OptionGroup(title: "Targets and their health check") var health: HealthCheckOptions
  @OptionGroup(title: "Settings") var configOptions: ConfigOptions
  @OptionGroup(title: "The instance") var metadata: MetadataOptions

  @Option(help: ArgumentHelp("The file to write, whole or not at all.", valueName: "file"))
  var output: String

  @Flag(help: "Make no connection.")
  var noProbe = false

  @Flag(name: .shortAndLong, help: "Say on standard error what is being done.")
  var verbose = false

  func run() throws {
    let file = try configOptions.file(readsStandard: true)
    var line = try health.settings()
    try metadata.apply(to: &line)
    let plan = try InspectionPlan(
      file.settings.overridden(by: line), file: file.path,
      healthCheck: health.healthCheck(), checks: Checker.allChecks, probes: !noProbe,
      origin: .thisHost)
    let destination = try ReportDestination(output)
    let inspection = try Inspection(plan, log: ProgressLog(isVerbose: verbose))
    try destination.write(inspection.captureBytes)
  }
}
