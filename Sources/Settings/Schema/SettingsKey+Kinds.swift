extension SettingsKey {
  typealias Property<Value> = any WritableKeyPath<Section, Value> & Sendable

  /// A key with one value.
  static func scalar<Value>(
    _ name: String, _ property: Property<Setting<Value>?>, _ form: SettingsForm<Value>,
    standard: String? = nil, example: String, beside url: String? = nil,
    _ documentation: String
  ) -> Self {
    let page = SettingsKeyPage(
      name: name, form: form.expected, standard: standard, documentation: documentation,
      example: .value(example), beside: url)
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
  ///   - shorthand: the key that an entry must have, and that one without keys is the value of.
  ///   - check: looks at a whole entry that has that key.
  static func sections<Sub: Sendable & SettingsEntry>(
    _ name: String, _ property: Property<[Sub]>, _ keys: [SettingsKey<Sub>], shorthand: String,
    check: @escaping @Sendable (Sub, String, inout SettingsReader) -> Void,
    _ documentation: String
  ) -> Self {
    let page = SettingsKeyPage(
      name: name, form: "a list; each a URL, or keys with values", standard: nil,
      documentation: documentation, example: .sections(keys.map(\.page)))
    return Self(
      page: page,
      read: { node, path, section, reader in
        for (index, item) in reader.items(node, path, "a list of entries").enumerated() {
          var entry = Sub()
          let path = "\(path)[\(index)]"
          reader.readEntry(item, keys, shorthand: shorthand, path: path, into: &entry)
          check(entry, path, &reader)
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
