import ArgumentParser
import Checker
import Glibc
import LoadBalancer
import Reporting
import Settings

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
        clb-agent inspect --listeners listeners/
        clb-agent inspect --ship --quiet
        clb-agent inspect --from host.capture
        clb-agent inspect --from windows-files --target http://10.0.8.5:80/
      """)

  @OptionGroup(title: "Targets and their health check") var health: HealthCheckOptions
  @OptionGroup(title: "Checks") var checkOptions: CheckOptions
  @OptionGroup(title: "Settings") var configOptions: ConfigOptions
  @OptionGroup(title: "The instance") var metadata: MetadataOptions
  @OptionGroup(title: "Receivers") var shipping: ShipOptions
  @OptionGroup(title: "State") var state: StateOptions

  @Option(help: ArgumentHelp("text (default), json or prometheus.", valueName: "format"))
  var format: InspectionFormat = .text

  @Option(
    help: ArgumentHelp("Write the report here, whole or not at all.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Make no connection; what only a probe can tell stays unknown.")
  var noProbe = false

  @Option(
    help: ArgumentHelp(
      "Inspect what a capture holds, instead of this host; or a directory of a Windows host's files.",
      valueName: "capture"),
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
    // A file of this host's settings says nothing of another host.
    let file = try configOptions.file(readsStandard: from == nil && root == nil)
    var line = try health.settings(only: checkOptions.only, skip: checkOptions.skip)
    try metadata.apply(to: &line)
    let settings = file.settings.overridden(by: line)
    let other = from.map { _ in "--from" } ?? root.map { _ in "--root" }
    try shipping.validate(besides: other)
    if let option = other, metadata.metadataEndpoint != nil {
      throw RunError.usage(
        "--metadata-endpoint with \(option): expected one of them, for the service tells of this host"
      )
    }
    let windowsFiles = from.flatMap { WindowsCapture.isDirectory($0) ? $0 : nil }
    if from != nil, windowsFiles == nil, settings.targets.isEmpty, settings.listeners == nil,
      let option = health.named.first
    {
      throw RunError.usage(
        "\(option) with --from: expected --target too, for a capture's own targets keep the check that "
          + "they were probed by")
    }
    // Files are opened first: their errors come at once, and the privileges to open them still exist.
    let plan = try InspectionPlan(
      settings, file: file.path, healthCheck: health.healthCheck(), checks: checkOptions.checks(),
      probes: !noProbe, origin: origin())
    let destination = try ReportDestination(output)
    if let windowsFiles {
      guard record == nil else {
        throw RunError.usage("--record: expected no directory of a Windows host in --from")
      }
      let report = try WindowsInspection(plan, directory: windowsFiles).report
      return try finish(report, at: destination)
    }
    shipping.waitForTurn(ProgressLog(isVerbose: verbose))
    let keeper = try keeper(settings)
    let inspection: Inspection
    if let record {
      let capture = try ReportDestination(record, option: "--record")
      inspection = try Inspection(plan, log: ProgressLog(isVerbose: verbose))
      try capture.write(inspection.captureBytes)
    } else {
      inspection = try Inspection(plan, log: ProgressLog(isVerbose: verbose))
    }
    var report = inspection.report
    guard var keeper, let detail = shipping.ship else {
      if other == nil { report.changes = state.changes(of: report, settings) }
      return try finish(report, at: destination)
    }
    keeper.keep(&report, detail: detail)
    let isSilent = shipping.quiet && output == nil && report.changes?.hasNews == false
    // A log on a full disk must not keep the report from its receivers.
    var failure: (any Error)?
    do { if !isSilent { try write(report, to: destination) } } catch { failure = error }
    for line in keeper.deliver(report, isQuiet: shipping.quiet) {
      StandardError.write("clb-agent: \(HostText.terminal(line))\n")
    }
    if let failure { throw failure }
    throw ExitCode(report.diagnosis.verdict.exitStatus)
  }

  /// What keeps the report; `nil` where nobody wants it, or the disk does not take it, which is said.
  private func keeper(_ settings: Settings) throws(RunError) -> ReportKeeper? {
    guard shipping.ship != nil else { return nil }
    do throws(RunError) {
      return try ReportKeeper(settings, state)
    } catch {
      // The report of a host whose disk fails is the one that somebody waits for.
      guard error.status == RunError.unknownStatus else { throw error }
      StandardError.write("clb-agent: \(HostText.terminal("\(error)")); the report is not kept\n")
      return nil
    }
  }

  /// Writes the report, and ends with its verdict's exit status.
  private func finish(_ report: Report, at destination: consuming ReportDestination) throws {
    try write(report, to: destination)
    throw ExitCode(report.diagnosis.verdict.exitStatus)
  }

  private func write(_ report: Report, to destination: consuming ReportDestination) throws {
    let text = rendered(report, isColoured: destination.isColoured)
    try destination.write(Array(text.utf8))
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
    case .prometheus: report.prometheusText() ?? ""
    }
  }
}

/// What an inspection's report is printed as.
enum InspectionFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, prometheus
}

/// What is printed as.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
