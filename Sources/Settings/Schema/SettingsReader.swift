/// Reads values of a document by their declarations, and keeps all that is wrong.
struct SettingsReader {
  private(set) var problems: [SettingsProblem] = []

  /// More than anybody would read; a hostile file could have hundreds of thousands.
  private static let mostProblems = 1000

  /// Keeps a problem; beyond so many, nobody works out what it says.
  mutating func refuse(_ place: SettingsPlace, _ message: @autoclosure () -> String) {
    guard problems.count < Self.mostProblems else { return }
    problems.append(SettingsProblem(place, message()))
  }

  /// Reads the keys of a mapping.
  ///
  /// - Parameter path: the mapping's own; `nil` for the whole file.
  mutating func read<Section>(
    _ node: YAMLNode, _ keys: [SettingsKey<Section>], path: String?, into section: inout Section
  ) {
    if path == nil, case .scalar(let scalar) = node.content, scalar.isNull { return }
    guard case .mapping(let entries) = node.content else {
      let names = keys.map(\.page.name).joined(separator: ", ")
      return refuse(
        node.place,
        "\(path.map { "\($0): " } ?? "")\(node.kind); expected keys with values: \(names)"
      )
    }
    for entry in entries {
      guard let key = keys.first(where: { $0.page.name == entry.key }) else {
        refuse(entry.keyPlace, Self.unknown(entry.key, path, keys.map(\.page.name)))
        continue
      }
      let path = path.map { "\($0).\(entry.key)" } ?? entry.key
      key.read(entry.value, path, &section, &self)
    }
  }

  /// Reads an entry of a list: a mapping, or where it is short the value of its first required key alone.
  mutating func readEntry<Section>(
    _ node: YAMLNode, _ keys: [SettingsKey<Section>], required: [String], isShort: Bool,
    path: String, into section: inout Section
  ) {
    if isShort, !node.isMapping {
      keys.first { $0.page.name == required.first }?.read(node, path, &section, &self)
      return
    }
    read(node, keys, path: path, into: &section)
    guard case .mapping(let entries) = node.content else { return }
    for entry in entries {
      guard let key = keys.first(where: { $0.page.name == entry.key }), !key.fits(section) else {
        continue
      }
      refuse(
        entry.keyPlace, "\(path).\(entry.key): expected only where \(key.page.condition ?? "")")
    }
    for name in required where !entries.contains(where: { $0.key == name }) {
      let form = keys.first { $0.page.name == name }?.page.form ?? ""
      refuse(node.place, "\(path): no \(name); expected \(name): with \(form)")
    }
  }

  private static func unknown(_ key: String, _ path: String?, _ names: [String]) -> String {
    let place = path.map { "\($0): " } ?? ""
    let expected =
      NearestWord.nearest(to: key, of: names).map { "\"\($0)\"" }
      ?? "one of \(names.joined(separator: ", "))"
    return "\(place)the key \(SettingsText.quoted(key)) is unknown; expected \(expected)"
  }

  /// Reads one value.
  mutating func value<Value>(
    _ node: YAMLNode, _ form: SettingsForm<Value>, _ path: String
  ) -> Setting<Value>? {
    guard case .scalar(let scalar) = node.content, !scalar.isNull else {
      refuse(node.place, "\(path): \(node.kind); expected \(form.expected)")
      return nil
    }
    guard let value = form.parse(scalar.text) else {
      refuse(
        node.place,
        "\(path) \(SettingsText.quoted(scalar.text)): expected "
          + (form.hint(scalar.text) ?? form.expected))
      return nil
    }
    return Setting(value, from: .file(node.place))
  }

  /// Reads a list's values, or one value alone; without repetitions.
  mutating func values<Value>(
    _ node: YAMLNode, _ form: SettingsForm<Value>, _ path: String
  ) -> [Setting<Value>] {
    if case .scalar(let scalar) = node.content, !scalar.isNull {
      return value(node, form, path).map { [$0] } ?? []
    }
    var seen: Set<Value> = []
    var values: [Setting<Value>] = []
    for (index, item) in items(node, path, "a list; each \(form.expected)").enumerated() {
      guard let value = value(item, form, "\(path)[\(index)]") else { continue }
      if seen.insert(value.value).inserted {
        values.append(value)
      } else {
        refuse(
          item.place,
          "\(path)[\(index)] \(SettingsText.quoted(form.text(value.value))): the same again")
      }
    }
    return values
  }

  /// The items of a list that is not empty.
  mutating func items(_ node: YAMLNode, _ path: String, _ expected: String) -> [YAMLNode] {
    guard case .sequence(let items) = node.content else {
      refuse(node.place, "\(path): \(node.kind); expected \(expected)")
      return []
    }
    if items.isEmpty { refuse(node.place, "\(path): an empty list; expected \(expected)") }
    return items
  }
}
