/// A JSON value, its numbers kept as integers.
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A number that is no 64-bit integer, as it was written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One name and value of an object, in the order of the text.
  package struct Member: Sendable, Hashable {
    package var name: String
    package var value: JSONValue

    @inlinable
    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The value of that name; `nil` where this is no object, or has no such name.
  @inlinable
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The only member of an object with one.
  @inlinable
  package var only: Member? {
    guard case .object(let members) = self, members.count == 1 else { return nil }
    return members[0]
  }

  /// The text of a string.
  @inlinable
  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The number of an integer.
  @inlinable
  package var integer: Int64? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  /// The values of an array.
  @inlinable
  package var array: [JSONValue]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  /// The strings of an array of strings, or of one string alone.
  package var strings: [String]? {
    if let string { return [string] }
    guard let array else { return nil }
    let texts = array.compactMap(\.string)
    return texts.count == array.count ? texts : nil
  }
}
