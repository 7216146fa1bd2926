package import Delivery

/// What the settings file says of the spool.
package struct SpoolSettings: Sendable, Hashable {
  package var directory: Setting<String>?
  package var maxReports: Setting<Int>?
  /// MiB.
  package var maxSize: Setting<Int>?
  /// Days.
  package var maxAge: Setting<Int>?

  package init() {}

  /// How much waits at most.
  package var limits: SpoolLimits {
    let standard = Self.standard
    return SpoolLimits(
      files: maxReports?.value ?? standard.files,
      bytes: maxSize.map { $0.value << 20 } ?? standard.bytes,
      age: maxAge.map { $0.value * 86_400 } ?? standard.age)
  }

  static let standard = SpoolLimits()
}

extension SpoolSettings {
  /// Every key of the spool.
  static let keys: [SettingsKey<SpoolSettings>] = [
    .scalar(
      "directory", \.directory, .absolutePath, standard: StateDirectory.standardPath,
      example: StateDirectory.standardPath, "Where reports wait, and what earlier runs said."),
    .scalar(
      "maxReports", \.maxReports, .whole(1...100_000), standard: "\(standard.files)",
      example: "\(standard.files)",
      "So many reports wait for each receiver at most; the oldest go first."),
    .scalar(
      "maxSize", \.maxSize, .whole(1...4096, "MiB"), standard: "\(standard.bytes >> 20)",
      example: "\(standard.bytes >> 20)",
      "So much waits for each receiver at most."),
    .scalar(
      "maxAge", \.maxAge, .whole(1...365, "days"), standard: "\(standard.age / 86_400)",
      example: "\(standard.age / 86_400)",
      "So long a report waits at most."),
  ]
}
