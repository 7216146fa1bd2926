import ArgumentParser
import Reporting
import Settings

/// `clb-agent config check`: everything that is wrong with a settings file.
struct ConfigCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say everything that is wrong with a settings file, by line.",
    discussion: "Exit status: 0 when nothing is wrong, 64 when something is.")

  @Argument(
    help: ArgumentHelp(
      "The settings file; \(SettingsFile.standardPath) where none is named.", valueName: "file"),
    completion: .file())
  var file: String?

  func run() throws {
    let path = file ?? SettingsFile.standardPath
    let settings = try SettingsFile(reading: path, option: "config check").settings
    try Delivering.check(settings.namedReceivers, readsHeaderFiles: true)
    StandardOutput.write("\(HostText.terminal(path)): ok\n")
  }
}
