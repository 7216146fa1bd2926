/// A value of a YAML document, with its place.
struct YAMLNode: Sendable, Hashable {
  var place: SettingsPlace
  var content: Content

  enum Content: Sendable, Hashable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([YAMLEntry])
  }

  var isMapping: Bool { if case .mapping = content { true } else { false } }

  /// What the node is, for an error: `the value "x"`.
  var kind: String {
    switch content {
    case .scalar(let scalar) where scalar.isNull: "nothing"
    case .scalar(let scalar): SettingsText.quoted(scalar.text)
    case .sequence: "a list"
    case .mapping: "keys with values"
    }
  }
}

/// A key with its value; keys of one mapping differ.
struct YAMLEntry: Sendable, Hashable {
  var key: String
  var keyPlace: SettingsPlace
  var value: YAMLNode
}

/// Text as written, without a type: what it means is the schema's to say.
struct YAMLScalar: Sendable, Hashable {
  var text: String
  /// Whether it was written without quotes and not as a block.
  var isPlain: Bool

  /// Whether nothing was written, or one of YAML's words for it.
  var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }
}
