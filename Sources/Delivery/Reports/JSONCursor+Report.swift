internal import JSONText
internal import Reporting

extension JSONCursor {
  /// Reads an array, each element by the same function; none for `null`.
  mutating func elements<Element>(
    _ read: (inout JSONCursor) throws(JSONShapeFailure) -> Element
  ) throws(JSONShapeFailure) -> [Element] {
    var elements: [Element] = []
    guard try enterArray() else { return elements }
    while try nextElement() { elements.append(try read(&self)) }
    return elements
  }

  /// Reads an array of strings; what is `null` in it is left out.
  mutating func strings() throws(JSONShapeFailure) -> [String] {
    var texts: [String] = []
    guard try enterArray() else { return texts }
    while try nextElement() {
      if let text = try string() { texts.append(text) }
    }
    return texts
  }

  /// Reads one string of an object, and steps over the rest of it.
  mutating func text(ofMember wanted: String) throws(JSONShapeFailure) -> String? {
    var text: String?
    guard try enterObject() else { return nil }
    while let name = try nextMember() {
      if name == wanted { text = try string() } else { try skip() }
    }
    return text
  }

  /// Reads a time as `Timestamp.rfc3339` writes it, or null.
  mutating func timestamp() throws(JSONShapeFailure) -> Timestamp? {
    let start = position
    guard let text = try string() else { return nil }
    guard let timestamp = Timestamp(rfc3339: text) else {
      throw failure(at: start, "a time such as 2026-03-01T08:15:30.123Z, or null")
    }
    return timestamp
  }

  /// Holds the report's version to be one that is known.
  mutating func expectVersion() throws(JSONShapeFailure) {
    let start = position
    guard try integer(in: 0...(1 << 53)) == 1 else { throw failure(at: start, "1") }
  }
}
