import ArgumentParser
import Reporting
import Settings

/// `clb-agent config show`: what is in force, and who said so.
struct ConfigShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the settings in force, and whether default, file or option says so.",
    discussion: "Give it the options of \"inspect\" to see what they change.")

  @OptionGroup(title: "Targets and their health check") var health: HealthCheckOptions
  @OptionGroup(title: "Checks") var checkOptions: CheckOptions
  @OptionGroup(title: "Settings") var configOptions: ConfigOptions

  @Option(help: ArgumentHelp("text (default) or json.", valueName: "format"))
  var format: ReportFormat = .text

  func run() throws {
    let file = try configOptions.file(readsStandard: true)
    _ = try checkOptions.checks()
    let settings = file.settings.overridden(
      by: try health.settings(only: checkOptions.only, skip: checkOptions.skip))
    switch format {
    case .text: StandardOutput.write(Self.text(settings.rows, file: file.path))
    case .json: StandardOutput.write(ShownSettings(settings.rows, file: file.path).json)
    }
  }

  /// One line a setting: key, value, and who says so.
  private static func text(_ rows: [SettingsRow], file: String?) -> String {
    let cells = rows.map { row in
      [row.path, row.value, row.origin?.words(file: file) ?? "default"].map(HostText.terminal)
    }
    let widths = (0..<2).map { column in cells.map { $0[column].count }.max() ?? 0 }
    let heading = file.map { "settings file: \(HostText.terminal($0))" } ?? "settings file: none"
    let lines = cells.map { cells in
      zip(cells, widths + [0]).map { cell, width in
        cell + String(repeating: " ", count: max(0, width - cell.count))
      }.joined(separator: "  ")
    }
    return ([heading] + lines).joined(separator: "\n") + "\n"
  }
}
