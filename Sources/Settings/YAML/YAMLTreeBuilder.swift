/// Puts a tree together from events, without recursion.
struct YAMLTreeBuilder {
  private(set) var root: YAMLNode?
  var problems: [SettingsProblem] = []
  private let deepest: Int
  private var open: [OpenNode] = []
  private var hasDocument = false

  init(deepest: Int) { self.deepest = deepest }

  /// Takes the next event.
  ///
  /// - Returns: whether another may follow.
  /// - Throws: what makes the rest not worth reading.
  mutating func take(_ event: YAMLEvent) throws(SettingsProblem) -> Bool {
    switch event.content {
    case .streamEnd: return false
    case .documentStart:
      guard !hasDocument else {
        throw SettingsProblem(event.place, "a second document; expected one, without \"---\"")
      }
      hasDocument = true
    case .alias:
      refuse(event.place, "an alias (\"*\"); expected the value itself")
      add(YAMLNode(place: event.place, content: .scalar(YAMLScalar(text: "", isPlain: false))))
    case .scalar(let scalar, let properties):
      refuse(properties, event.place)
      add(YAMLNode(place: event.place, content: .scalar(scalar)))
    case .sequenceStart(let properties):
      try begin(.sequence([]), event.place, properties)
    case .mappingStart(let properties):
      try begin(.mapping([]), event.place, properties)
    case .end:
      if let closed = open.popLast() { add(closed.node) }
    case .other: break
    }
    return true
  }

  private mutating func refuse(_ place: SettingsPlace, _ message: String) {
    problems.append(SettingsProblem(place, message))
  }

  private mutating func refuse(_ properties: YAMLProperties, _ place: SettingsPlace) {
    if properties.hasAnchor { refuse(place, "an anchor (\"&\"); expected the value alone") }
    if properties.hasTag { refuse(place, "a tag (\"!\"); expected the value alone") }
  }

  private mutating func begin(
    _ content: YAMLNode.Content, _ place: SettingsPlace, _ properties: YAMLProperties
  ) throws(SettingsProblem) {
    refuse(properties, place)
    guard open.count < deepest else {
      throw SettingsProblem(place, "more than \(deepest) levels; expected settings")
    }
    open.append(OpenNode(YAMLNode(place: place, content: content)))
  }

  /// Puts a whole node where it belongs: a list's item, a mapping's key or value, or the root.
  private mutating func add(_ node: YAMLNode) {
    guard var parent = open.popLast() else {
      root = node
      return
    }
    if let problem = parent.add(node) { problems.append(problem) }
    open.append(parent)
  }
}

/// A list or mapping whose end has not come.
private struct OpenNode {
  private let place: SettingsPlace
  private let isMapping: Bool
  private var items: [YAMLNode] = []
  private var entries: [YAMLEntry] = []
  /// The key whose value comes next.
  private var key: YAMLNode?
  private var lines: [String: Int] = [:]

  init(_ node: YAMLNode) {
    place = node.place
    if case .mapping = node.content { isMapping = true } else { isMapping = false }
  }

  var node: YAMLNode {
    YAMLNode(place: place, content: isMapping ? .mapping(entries) : .sequence(items))
  }

  /// Adds the next node; what is wrong with it as a key is returned, once its value is there.
  mutating func add(_ node: YAMLNode) -> SettingsProblem? {
    guard isMapping else {
      items.append(node)
      return nil
    }
    guard let key else {
      self.key = node
      return nil
    }
    self.key = nil
    guard case .scalar(let scalar) = key.content, !scalar.isNull else {
      return SettingsProblem(key.place, "\(key.kind) as a key; expected a word")
    }
    if scalar.isPlain, scalar.text == "<<" {
      return SettingsProblem(key.place, "a merge key (\"<<\"); expected the keys themselves")
    }
    if let line = lines[scalar.text] {
      return SettingsProblem(
        key.place, "the key \(SettingsText.quoted(scalar.text)) again; it stands in line \(line)")
    }
    lines[scalar.text] = key.place.line
    entries.append(YAMLEntry(key: scalar.text, keyPlace: key.place, value: node))
    return nil
  }
}
