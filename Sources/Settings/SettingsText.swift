/// How settings' own words appear in errors and in YAML.
enum SettingsText {
  private static let longest = 60

  /// The text in quotes, cut when it is long; controls are the printer's to escape.
  static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > longest else { return "\"\(text)\"" }
    return "\"\(String(scalars.prefix(longest)))…\""
  }
}
