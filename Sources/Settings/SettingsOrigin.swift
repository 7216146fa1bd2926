/// Where a setting comes from; one that comes from nowhere has its default.
package enum SettingsOrigin: Sendable, Hashable {
  case file(SettingsPlace)
  /// An option of the command line: `--source`.
  case option(String)
}

/// A setting that somebody made.
package struct Setting<Value: Sendable & Hashable>: Sendable, Hashable {
  package var value: Value
  package var origin: SettingsOrigin

  package init(_ value: Value, from origin: SettingsOrigin) {
    self.value = value
    self.origin = origin
  }

  /// Where it stands in the file; the file's start for an option.
  var place: SettingsPlace {
    if case .file(let place) = origin { return place }
    return .start
  }
}
