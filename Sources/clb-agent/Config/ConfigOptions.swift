import ArgumentParser
import Settings

/// Which settings file is read.
struct ConfigOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read this settings file in the place of \(SettingsFile.standardPath).", valueName: "file"),
    completion: .file())
  var config: String?

  @Flag(help: "Read no settings file.")
  var noConfig = false

  /// The file that counts.
  ///
  /// - Parameter readsStandard: whether the host's own file does, where none is named.
  func file(readsStandard: Bool) throws(RunError) -> SettingsFile {
    switch (config, noConfig) {
    case (_?, true): throw .usage("--config and --no-config: expected one of them, not both")
    case (let path?, false): return try SettingsFile(reading: path, option: "--config")
    case (nil, false) where readsStandard: return try SettingsFile.standard()
    case (nil, _): return SettingsFile()
    }
  }
}
