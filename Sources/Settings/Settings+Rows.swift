extension Settings {
  /// Every setting in force, in the order of the schema; defaults have no origin.
  package var rows: [SettingsRow] {
    SettingsKey.all.flatMap { $0.rows(self, $0.page.name) }
  }

  /// Every key that a settings file may have.
  package static var pages: [SettingsKeyPage] { SettingsKey.all.map(\.page) }
}
