/// What the settings file says of the spool.
package struct SpoolSettings: Sendable, Hashable {
  package var directory: Setting<String>?
  package var maxReports: Setting<Int>?
  /// MiB.
  package var maxSize: Setting<Int>?
  /// Days.
  package var maxAge: Setting<Int>?

  package init() {}

  /// Where the agent keeps what must outlive a run.
  package static let standardDirectory = "/var/lib/clb-agent"
}

extension SpoolSettings {
  /// Every key of the spool.
  static let keys: [SettingsKey<SpoolSettings>] = [
    .scalar(
      "directory", \.directory, .absolutePath, standard: standardDirectory,
      example: standardDirectory, "Where reports wait, and what earlier runs said."),
    .scalar(
      "maxReports", \.maxReports, .whole(1...100_000), standard: "10000", example: "10000",
      "So many reports wait for each receiver at most; the oldest go first."),
    .scalar(
      "maxSize", \.maxSize, .whole(1...4096, "MiB"), standard: "64", example: "64",
      "So much waits for each receiver at most."),
    .scalar(
      "maxAge", \.maxAge, .whole(1...365, "days"), standard: "7", example: "7",
      "So long a report waits at most."),
  ]
}
