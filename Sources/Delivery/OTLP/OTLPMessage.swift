/// A message of `Protos/clb_otlp.proto`: it names each of its fields once, with number and JSON name, and both
/// encodings follow from that.
protocol OTLPMessage: Sendable {
  func encode(to fields: inout some OTLPFieldWriter)
}

/// Takes the fields of one message; protobuf and JSON conform.
///
/// Values that are zero or empty are left out, as proto3 has it, unless they are a member of a `oneof`.
protocol OTLPFieldWriter {
  mutating func string(_ number: Int, _ name: String, _ value: String, _ presence: FieldPresence)
  mutating func bool(_ number: Int, _ name: String, _ value: Bool, _ presence: FieldPresence)
  /// `uint32`, and enumerations, which OTLP writes as their numbers in JSON too.
  mutating func number(_ number: Int, _ name: String, _ value: UInt32)
  mutating func int64(_ number: Int, _ name: String, _ value: Int64, _ presence: FieldPresence)
  mutating func double(_ number: Int, _ name: String, _ value: Double, _ presence: FieldPresence)
  mutating func fixed64(_ number: Int, _ name: String, _ value: UInt64)
  mutating func sfixed64(_ number: Int, _ name: String, _ value: Int64, _ presence: FieldPresence)
  mutating func message(_ number: Int, _ name: String, _ value: some OTLPMessage)
  mutating func messages(_ number: Int, _ name: String, _ values: [some OTLPMessage])
}

/// Whether a value of zero is written: the terms of protobuf's own documentation.
enum FieldPresence {
  /// Zero is the same as none.
  case implicit
  /// A member of a `oneof`: that it is there says something.
  case explicit
}

extension OTLPFieldWriter {
  mutating func string(_ number: Int, _ name: String, _ value: String) {
    string(number, name, value, .implicit)
  }

  mutating func bool(_ number: Int, _ name: String, _ value: Bool) {
    bool(number, name, value, .implicit)
  }
}
