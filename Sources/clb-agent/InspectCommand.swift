import ArgumentParser
import Checker
import Glibc
import LoadBalancer
import Reporting

/// `clb-agent inspect`: from this host to a verdict.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Follow the probe through this host and print what is wrong and what to type.",
    discussion: """
      Examples:
        clb-agent inspect
        clb-agent inspect --target http://:80/health --http-code 2xx,3xx
        clb-agent inspect --target tcp://10.0.0.5:8080 --format json --output report.json
        clb-agent inspect --target udp://:53
        clb-agent inspect --target grpc://:50051 --grpc-code 0,12
        clb-agent inspect --from host.capture
      """)

  @OptionGroup(title: "Targets and their health check") var health: HealthCheckOptions
  @OptionGroup(title: "Checks") var checkOptions: CheckOptions

  @Option(help: ArgumentHelp("text (default) or json.", valueName: "format"))
  var format: ReportFormat = .text

  @Option(
    help: ArgumentHelp("Write the report here, whole or not at all.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Make no connection; what only a probe can tell stays unknown.")
  var noProbe = false

  @Option(
    help: ArgumentHelp("Inspect what a capture holds, instead of this host.", valueName: "capture"),
    completion: .file())
  var from: String?

  @Option(
    help: ArgumentHelp(
      "Read the files of another root; its commands and kernel interfaces are not asked.",
      valueName: "directory"), completion: .directory)
  var root: String?

  @Option(
    help: ArgumentHelp("Also write all that was read into a capture.", valueName: "file"),
    completion: .file())
  var record: String?

  @Flag(name: .shortAndLong, help: "Say on standard error what is being done.")
  var verbose = false

  func run() throws {
    if from != nil, health.target.isEmpty, let option = health.named.first {
      throw RunError.usage(
        "\(option) with --from: expected --target too, for a capture's own targets keep the check that "
          + "they were probed by")
    }
    // Files are opened first: their errors come at once, and the privileges to open them still exist.
    let plan = try InspectionPlan(
      urls: health.urls(), sources: health.sources(), healthCheck: health.healthCheck(),
      checks: checkOptions.checks(), probes: !noProbe, origin: try origin())
    let destination = try ReportDestination(output)
    let inspection: Inspection
    if let record {
      let capture = try ReportDestination(record, option: "--record")
      inspection = try Inspection(plan, log: ProgressLog(isVerbose: verbose))
      try capture.write(inspection.captureBytes)
    } else {
      inspection = try Inspection(plan, log: ProgressLog(isVerbose: verbose))
    }
    let text = rendered(inspection.report, isColoured: destination.isColoured)
    try destination.write(Array(text.utf8))
    throw ExitCode(inspection.report.diagnosis.verdict.exitStatus)
  }

  private func origin() throws(RunError) -> InspectionPlan.Origin {
    switch (from, root) {
    case (nil, nil): return .thisHost
    case (nil, let directory?): return .root(directory)
    case (let file?, nil): return .capture(file)
    case (_?, _?): throw .usage("--from and --root: expected one of them, not both")
    }
  }

  private func rendered(_ report: Report, isColoured: Bool) -> String {
    switch format {
    case .text: TextReport.render(report, style: isColoured ? .coloured : .plain)
    case .json: JSONReport.render(report)
    }
  }
}

/// What a report is printed as.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
