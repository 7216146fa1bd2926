extension SettingsKey {
  typealias Property<Value> = any WritableKeyPath<Section, Value> & Sendable

  /// A key with one value.
  static func scalar<Value>(
    _ name: String, _ property: Property<Setting<Value>?>, _ form: SettingsForm<Value>,
    standard: String? = nil, example: String, beside: [SettingsKeyPage.Sibling] = [],
    _ documentation: String
  ) -> Self {
    let page = SettingsKeyPage(
      name: name, form: form.expected, standard: standard, documentation: documentation,
      example: .value(example), beside: beside)
    return Self(
      page: page,
      read: { node, path, section, reader in
        if let value = reader.value(node, form, path) { section[keyPath: property] = value }
      },
      rows: { section, path in
        let setting = section[keyPath: property]
        guard let value = setting.map({ form.text($0.value) }) ?? standard else { return [] }
        return [SettingsRow(path: path, value: value, origin: setting?.origin)]
      })
  }

  /// A key with a list of values that counts as a whole, or with one value.
  static func list<Value>(
    _ name: String, _ property: Property<Setting<[Value]>?>, _ form: SettingsForm<Value>,
    standard: String, example: [String], _ documentation: String
  ) -> Self {
    let page = SettingsKeyPage(
      name: name, form: "a list; each \(form.expected)", standard: standard,
      documentation: documentation, example: .list(example))
    return Self(
      page: page,
      read: { node, path, section, reader in
        let items = reader.values(node, form, path)
        guard !items.isEmpty else { return }
        section[keyPath: property] = Setting(items.map(\.value), from: .file(node.place))
      },
      rows: { section, path in
        guard let setting = section[keyPath: property] else {
          return [SettingsRow(path: path, value: standard, origin: nil)]
        }
        let value = setting.value.map(form.text).joined(separator: ", ")
        return [SettingsRow(path: path, value: value, origin: setting.origin)]
      })
  }

  /// A key with a list of values, each of which stands for itself.
  static func items<Value>(
    _ name: String, _ property: Property<[Setting<Value>]>, _ form: SettingsForm<Value>,
    example: [String], _ documentation: String
  ) -> Self {
    let page = SettingsKeyPage(
      name: name, form: "a list; each \(form.expected)", standard: nil,
      documentation: documentation, example: .list(example))
    return Self(
      page: page,
      read: { node, path, section, reader in
        section[keyPath: property] = reader.values(node, form, path)
      },
      rows: { section, path in
        section[keyPath: property].enumerated().map { index, setting in
          SettingsRow(
            path: "\(path)[\(index)]", value: form.text(setting.value), origin: setting.origin)
        }
      })
  }

  /// A key with keys below it.
  static func section<Sub: Sendable>(
    _ name: String, _ property: Property<Sub>, _ keys: [SettingsKey<Sub>], _ documentation: String
  ) -> Self {
    let page = SettingsKeyPage(
      name: name, form: "keys with values", standard: nil, documentation: documentation,
      example: .section(keys.map(\.page)))
    return Self(
      page: page,
      read: { node, path, section, reader in
        reader.read(node, keys, path: path, into: &section[keyPath: property])
      },
      rows: { section, path in
        keys.flatMap { $0.rows(section[keyPath: property], "\(path).\($0.page.name)") }
      })
  }

  /// A key with a list of entries that have keys.
  ///
  /// - Parameters:
  ///   - form: what an entry looks like, in words.
  ///   - required: keys that an entry must have.
  ///   - isShort: whether an entry without keys is the value of the first of those.
  ///   - check: looks at a whole entry.
  static func sections<Sub: Sendable & SettingsEntry>(
    _ name: String, _ property: Property<[Sub]>, _ keys: [SettingsKey<Sub>], form: String,
    required: [String], isShort: Bool = false,
    check: @escaping @Sendable (Sub, String, inout SettingsReader) -> Void,
    _ documentation: String
  ) -> Self {
    let page = SettingsKeyPage(
      name: name, form: "a list; \(form)", standard: nil,
      documentation: documentation, example: .sections(keys.map(\.page)))
    return Self(
      page: page,
      read: { node, path, section, reader in
        for (index, item) in reader.items(node, path, "a list of entries").enumerated() {
          var entry = Sub()
          let problems = reader.problems.count
          let path = "\(path)[\(index)]"
          reader.readEntry(
            item, keys, required: required, isShort: isShort, path: path, into: &entry)
          // What a wrong value would have been, nobody knows.
          if reader.problems.count == problems { check(entry, path, &reader) }
          section[keyPath: property].append(entry)
        }
      },
      rows: { section, path in
        section[keyPath: property].enumerated().flatMap { index, entry in
          keys.filter { $0.fits(entry) }.flatMap {
            $0.rows(entry, "\(path)[\(index)].\($0.page.name)")
          }
        }
      })
  }
}

extension SettingsKey {
  /// The key for those sections alone that fit.
  ///
  /// - Parameter condition: in words, as an error has it behind "expected only where".
  func only(where condition: String, _ fits: @escaping @Sendable (Section) -> Bool) -> Self {
    var key = self
    key.page.condition = condition
    key.fits = fits
    return key
  }
}

/// What a list of entries is made of: an entry begins with nothing set.
protocol SettingsEntry {
  init()
}
