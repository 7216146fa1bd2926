import ArgumentParser

/// `clb-agent config`: the settings file, from its first line to what it amounts to.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Write, check or show the settings.",
    discussion: """
      Examples:
        clb-agent config init --output \(SettingsFile.standardPath)
        clb-agent config check
        clb-agent config show --format json
      """,
    subcommands: [ConfigInitCommand.self, ConfigCheckCommand.self, ConfigShowCommand.self])
}
