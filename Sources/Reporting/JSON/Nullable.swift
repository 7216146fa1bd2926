/// A member that is always there, as `null` when it has no value.
///
/// A plain optional would be left out, and a reader could not tell "none" from "an older agent".
@propertyWrapper
struct Nullable<Value: Codable & Hashable>: Codable, Hashable {
  var wrappedValue: Value?

  init(_ value: Value?) { wrappedValue = value }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue {
      try container.encode(wrappedValue)
    } else {
      try container.encodeNil()
    }
  }
}
