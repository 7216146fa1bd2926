import Delivery
import Settings

/// What the settings of scheduled runs mean for the schedule.
struct ScheduledSettings {
  /// Directories that runs write to.
  private(set) var writableDirectories = [ScheduledJob.textfileDirectory]
  private(set) var hasReceivers = true

  /// What is assumed of an image, whose settings may not be there yet.
  init() {}

  /// Reads this host's settings.
  ///
  /// - Parameter config: the file's path; `nil` for the standard one, which need not be there.
  /// - Throws: 64 with everything that is wrong with the file.
  init(config: String?) throws(RunError) {
    let file =
      if let config { try SettingsFile(reading: config, option: "--config") } else {
        try SettingsFile.standard()
      }
    let receivers = file.settings.namedReceivers
    hasReceivers = !receivers.isEmpty
    let wanted =
      receivers.compactMap(\.writtenDirectory)
      + [file.settings.spool.directory?.value].compactMap(\.self)
    for directory in wanted where !writableDirectories.contains(directory) {
      writableDirectories.append(directory)
    }
  }
}
