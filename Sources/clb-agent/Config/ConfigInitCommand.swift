import ArgumentParser
import Settings

/// `clb-agent config init`: a commented settings file to begin with.
struct ConfigInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Print or write a commented settings file that sets nothing yet.")

  @Option(
    help: ArgumentHelp(
      "Write it here; a file that is there stays, unless --force is given.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Replace the file of --output.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Write the file and its reference into this directory instead.", valueName: "directory",
      visibility: .hidden), completion: .directory)
  var pages: String?

  func run() throws {
    if let pages { return try writePages(into: pages) }
    guard force, output == nil else {
      let destination = try ReportDestination(output, mode: Self.mode, isReplacing: force)
      return try destination.write(Array(SettingsExample.text.utf8))
    }
    throw RunError.usage("--force: expected with --output")
  }

  /// For root and the group of a service user.
  private static let mode: UInt32 = 0o640

  private func writePages(into directory: String) throws(RunError) {
    for (name, text) in [
      ("config.md", SettingsPage.markdown), ("config.example.yaml", SettingsExample.text),
    ] {
      try ReportDestination("\(directory)/\(name)", mode: 0o644).write(Array(text.utf8))
    }
  }
}
