import Settings

/// What `config show --format json` prints.
struct ShownSettings: Encodable {
  /// `null` where no settings file was read.
  var file: String?
  var settings: [Row]

  init(_ rows: [SettingsRow], file: String?) {
    self.file = file
    settings = rows.map { Row($0, file: file) }
  }

  struct Row: Encodable {
    var key: String
    var value: String
    /// `default`, `file` or `option`.
    var origin: String
    /// The file and line, or the option; `null` for a default.
    var place: String?

    init(_ row: SettingsRow, file: String?) {
      key = row.path
      value = row.value
      place = row.origin?.words(file: file)
      origin =
        switch row.origin {
        case .file: "file"
        case .option: "option"
        case nil: "default"
        }
    }

    enum CodingKeys: CodingKey { case key, value, origin, place }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(key, forKey: .key)
      try container.encode(value, forKey: .value)
      try container.encode(origin, forKey: .origin)
      try container.encode(place, forKey: .place)
    }
  }

  enum CodingKeys: CodingKey { case file, settings }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(file, forKey: .file)
    try container.encode(settings, forKey: .settings)
  }

  /// One document, with hostile characters escaped.
  var json: String { PrintedJSON.render(self) }
}
