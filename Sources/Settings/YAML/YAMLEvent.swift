/// What libyaml's parser tells, one after another.
struct YAMLEvent: Sendable, Hashable {
  var place: SettingsPlace
  var content: Content

  enum Content: Sendable, Hashable {
    case streamEnd
    case documentStart
    /// `*name`.
    case alias
    case scalar(YAMLScalar, YAMLProperties)
    case sequenceStart(YAMLProperties)
    case mappingStart(YAMLProperties)
    /// The end of a sequence or a mapping.
    case end
    /// Nothing that a reader needs.
    case other
  }
}

/// What may stand before a node.
struct YAMLProperties: Sendable, Hashable {
  /// `&name`.
  var hasAnchor: Bool
  /// `!name`.
  var hasTag: Bool
}
