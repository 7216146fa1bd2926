package import LoadBalancer

/// What the settings file says of the metadata service.
package struct MetadataSettings: Sendable, Hashable {
  package var enabled: Setting<Bool>?
  package var endpoint: Setting<MetadataEndpoint>?
  /// Milliseconds.
  package var timeLimit: Setting<Int>?

  package init() {}

  /// Whether it is asked at all.
  package var isEnabled: Bool { enabled?.value ?? true }

  /// Milliseconds for the first answer, where nobody says otherwise.
  package static let standardTimeLimit = 300
  /// Milliseconds for all answers together.
  package static let totalTimeLimit = 1000

  /// Takes what the command line says.
  mutating func take(_ line: CommandLineSettings) {
    if let named = line.metadataEndpoint {
      endpoint = Setting(named, from: .option("--metadata-endpoint"))
      enabled = Setting(true, from: .option("--metadata-endpoint"))
    }
    if line.asksNoMetadata { enabled = Setting(false, from: .option("--no-metadata")) }
  }
}

extension MetadataSettings {
  /// Every key of the metadata service.
  static let keys: [SettingsKey<MetadataSettings>] = [
    .scalar(
      "enabled", \.enabled, .truth, standard: "true", example: "true",
      "Whether it is asked; --no-metadata does not ask either."),
    .scalar(
      "endpoint", \.endpoint, .metadataEndpoint, standard: MetadataEndpoint.standard.description,
      example: MetadataEndpoint.standard.description,
      "Where it is asked. It is a literal address, so that no DNS is needed; no proxy is used."),
    .scalar(
      "timeLimit", \.timeLimit, .whole(50...totalTimeLimit, "milliseconds"),
      standard: "\(standardTimeLimit)", example: "\(standardTimeLimit)",
      "How long the first answer is waited for, as elsewhere than on a CVM nobody answers. All answers "
        + "together may take a second."),
  ]
}
