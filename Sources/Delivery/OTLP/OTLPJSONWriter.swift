/// Writes messages as OTLP's own kind of JSON: names in lowerCamelCase, enumerations as numbers, 64-bit
/// integers as strings.
///
/// Source: the OTLP specification 1.11, "JSON Protobuf Encoding".
struct OTLPJSONWriter: OTLPFieldWriter {
  private var text = ""
  private var isEmpty = true

  /// One line, without a line feed.
  static func text(of message: some OTLPMessage) -> String {
    var writer = OTLPJSONWriter()
    message.encode(to: &writer)
    return "{" + writer.text + "}"
  }

  mutating func string(_ number: Int, _ name: String, _ value: String, _ presence: FieldPresence) {
    guard !value.isEmpty || presence == .explicit else { return }
    member(name, JSONString.quoted(value))
  }

  mutating func bool(_ number: Int, _ name: String, _ value: Bool, _ presence: FieldPresence) {
    guard value || presence == .explicit else { return }
    member(name, value ? "true" : "false")
  }

  mutating func number(_ number: Int, _ name: String, _ value: UInt32) {
    guard value != 0 else { return }
    member(name, "\(value)")
  }

  mutating func int64(_ number: Int, _ name: String, _ value: Int64, _ presence: FieldPresence) {
    guard value != 0 || presence == .explicit else { return }
    member(name, "\"\(value)\"")
  }

  mutating func double(_ number: Int, _ name: String, _ value: Double, _ presence: FieldPresence) {
    guard value != 0 || presence == .explicit else { return }
    member(
      name,
      value.isFinite
        ? "\(value)" : "\"\(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")\"")
  }

  mutating func fixed64(_ number: Int, _ name: String, _ value: UInt64) {
    guard value != 0 else { return }
    member(name, "\"\(value)\"")
  }

  mutating func sfixed64(_ number: Int, _ name: String, _ value: Int64, _ presence: FieldPresence) {
    int64(number, name, value, presence)
  }

  mutating func message(_ number: Int, _ name: String, _ value: some OTLPMessage) {
    member(name, Self.text(of: value))
  }

  mutating func messages(_ number: Int, _ name: String, _ values: [some OTLPMessage]) {
    guard !values.isEmpty else { return }
    member(name, "[" + values.map { Self.text(of: $0) }.joined(separator: ",") + "]")
  }

  private mutating func member(_ name: String, _ value: String) {
    if !isEmpty { text += "," }
    isEmpty = false
    text += "\"\(name)\":\(value)"
  }
}
