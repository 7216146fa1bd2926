import ArgumentParser
import Delivery
import Host
import Reporting
import Settings

/// `clb-agent ship`: send what waits.
struct ShipCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ship",
    abstract: "Send the reports that wait to the receivers of the settings file.",
    discussion: """
      Reports wait since "clb-agent inspect --ship" kept them. The newest go first, several in one \
      request. A receiver that fails is left alone for a while, longer each time.

      Exit status: 0 when nothing waits any more, 75 when something does or was refused, 64 for settings that cannot be \
      meant, 3 when the spool cannot be read.
      """)

  @OptionGroup(title: "Settings") var configOptions: ConfigOptions
  @OptionGroup(title: "State") var state: StateOptions

  @Option(
    name: .customLong("receiver"),
    help: ArgumentHelp("Send to this receiver alone; may be repeated.", valueName: "name"))
  var names: [String] = []

  @Flag(help: "Send though a receiver failed a moment ago.")
  var now = false

  @Flag(help: "Send all that waits, not a run's share of it.")
  var all = false

  @Flag(help: "Print what the next requests would hold, as JSON, and send nothing.")
  var dryRun = false

  @Option(help: ArgumentHelp("text (default) or json.", valueName: "format"))
  var format: ReportFormat = .text

  func run() throws {
    let settings = try configOptions.file(readsStandard: true).settings
    let receivers = try receivers(of: settings)
    try Delivering.check(receivers)
    let directory = try state.open(settings)
    let lock = try directory.locked()
    defer { withExtendedLifetime(lock) {} }
    let delivering = Delivering(
      spool: Spool(directory.files, limits: settings.spool.limits), receivers: receivers)
    if dryRun { return try preview(delivering) }
    // Header files are read from here on, with the user's own rights.
    try Privileges.keepOnly([])
    let unfinished = try delivering.open()
    let summaries = try delivering.run(
      ShippingOptions(ignoresBackoff: now, isUnlimited: all))
    switch format {
    case .text:
      for summary in summaries { StandardOutput.write(HostText.terminal(summary.line) + "\n") }
    case .json: StandardOutput.write(ShippedSummaries.render(summaries))
    }
    if let unfinished {
      StandardError.write("clb-agent: spool: \(HostText.terminal("\(unfinished)"))\n")
    }
    if unfinished != nil || summaries.contains(where: \.isUnfinished) {
      throw ExitCode(RunError.tryLater)
    }
  }

  private func receivers(of settings: Settings) throws(RunError) -> [Receiver] {
    let all = settings.namedReceivers
    guard !all.isEmpty else {
      throw .usage(
        "ship: expected receivers in the settings file; \"clb-agent config init\" shows how they are named"
      )
    }
    for name in names where !all.contains(where: { $0.name == name }) {
      throw .usage(
        "--receiver \"\(name)\": expected one of \(all.map(\.name).joined(separator: ", "))")
    }
    return names.isEmpty ? all : all.filter { names.contains($0.name) }
  }

  private func preview(_ delivering: Delivering) throws {
    let previews = try spooling { () throws(SpoolError) in
      try Shipper(delivering.spool, to: delivering.exporters).preview()
    }
    for (queue, text) in previews {
      StandardError.write("clb-agent: \(queue):\n")
      StandardOutput.write(text)
    }
  }
}
