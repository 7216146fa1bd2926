import ArgumentParser

/// `clb-agent spool`: what waits for the receivers.
struct SpoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spool",
    abstract: "Show or remove what waits for the receivers.",
    subcommands: [
      SpoolStatusCommand.self, SpoolListCommand.self, SpoolShowCommand.self, SpoolPurgeCommand.self,
    ])
}
