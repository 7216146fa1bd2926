internal import CLibYAML

/// The events of a YAML text: the one place that calls libyaml.
struct YAMLEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  /// libyaml reads from here for as long as it parses.
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// - Parameter bytes: UTF-8.
  /// - Throws: when there is no memory.
  init(_ bytes: [UInt8]) throws(SettingsProblem) {
    input = .allocate(capacity: bytes.count)
    _ = input.initialize(from: bytes)
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else {
      throw SettingsProblem(.start, "there is no memory to read it")
    }
    // Else the first bytes could make it UTF-16.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// The next event; none comes behind `streamEnd`, nor behind an error.
  mutating func next() throws(SettingsProblem) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw problem }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(place: SettingsPlace(event.start_mark), content: Self.content(of: event))
  }

  private static func content(of event: yaml_event_t) -> YAMLEvent.Content {
    switch event.type {
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_ALIAS_EVENT: return .alias
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let text = String(
        decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return .scalar(
        YAMLScalar(text: text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE),
        YAMLProperties(hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil))
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      return .sequenceStart(
        YAMLProperties(hasAnchor: start.anchor != nil, hasTag: start.tag != nil))
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return .mappingStart(
        YAMLProperties(hasAnchor: start.anchor != nil, hasTag: start.tag != nil))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
    default: return .other
    }
  }

  /// What libyaml did not understand, in its own words.
  private var problem: SettingsProblem {
    let state = parser.pointee
    let words = state.problem.map { String(cString: $0) } ?? "there is no memory to read it"
    let context = state.context.map { " " + String(cString: $0) } ?? ""
    return SettingsProblem(
      SettingsPlace(state.problem_mark), "not YAML: \(words)\(context)")
  }
}

extension SettingsPlace {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
  }
}
