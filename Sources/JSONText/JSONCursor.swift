/// Walks a JSON document of a known shape, and says of everything else where it stands.
///
/// It keeps no tree: a document of which little is used costs little memory, however large it is.
/// `null` is `nil` everywhere, for APIs print members without a value that way.
package struct JSONCursor {
  private var reader: JSONReader
  private var frames: [Frame] = []

  /// One object or array that is being walked.
  private struct Frame {
    var isObject: Bool
    /// How many members or elements were begun.
    var count = 0
    /// The member that is being read.
    var name = ""
  }

  package init(_ bytes: [UInt8]) { reader = JSONReader(bytes, bytes.indices) }

  /// Steps into an object; `false` for `null`, which is stepped over.
  package mutating func enterObject() throws(JSONShapeFailure) -> Bool {
    try enter(UInt8(ascii: "{"), isObject: true, expected: "an object or null")
  }

  /// Steps into an array; `false` for `null`, which is stepped over.
  package mutating func enterArray() throws(JSONShapeFailure) -> Bool {
    try enter(UInt8(ascii: "["), isObject: false, expected: "an array or null")
  }

  /// The name of the object's next member, whose value is read then; `nil` once the object is left.
  package mutating func nextMember() throws(JSONShapeFailure) -> String? {
    guard try next(closing: UInt8(ascii: "}")) else { return nil }
    do throws(JSONReader.Failure) {
      let name = try reader.name()
      frames[frames.count - 1].name = name
      return name
    } catch {
      throw failure(error)
    }
  }

  /// Whether the array has one more element, which is read then; `false` once the array is left.
  package mutating func nextElement() throws(JSONShapeFailure) -> Bool {
    try next(closing: UInt8(ascii: "]"))
  }

  /// Reads a string or null.
  package mutating func string() throws(JSONShapeFailure) -> String? {
    let start = position
    switch try scalar("a string or null") {
    case .null: return nil
    case .string(let text): return text
    default: throw failure(at: start, "a string or null")
    }
  }

  /// Reads a whole number of that range, or null.
  package mutating func integer(in range: ClosedRange<Int>) throws(JSONShapeFailure) -> Int? {
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound), or null"
    let start = position
    switch try scalar(expected) {
    case .null: return nil
    case .integer(let number):
      guard let number = Int(exactly: number), range.contains(number) else { break }
      return number
    default: break
    }
    throw failure(at: start, expected)
  }

  /// Reads true, false or null.
  package mutating func bool() throws(JSONShapeFailure) -> Bool? {
    let start = position
    switch try scalar("true, false or null") {
    case .null: return nil
    case .bool(let value): return value
    default: throw failure(at: start, "true, false or null")
    }
  }

  /// Steps over any value.
  package mutating func skip() throws(JSONShapeFailure) {
    do throws(JSONReader.Failure) {
      try reader.checkValue(depth: frames.count)
    } catch {
      throw failure(error)
    }
  }

  /// Holds the document to have nothing behind its value.
  package mutating func expectEnd() throws(JSONShapeFailure) {
    guard reader.isAtEnd() else { throw failure(at: reader.index, "the document's end") }
  }

  /// Where the next value begins, for `failure(at:_:)`.
  package var position: Int {
    mutating get {
      reader.skipBlanks()
      return reader.index
    }
  }

  /// Whether the next value is an array.
  package var isAtArray: Bool {
    mutating get {
      let start = position
      return start < reader.end && reader.bytes[start] == UInt8(ascii: "[")
    }
  }

  /// That what begins there, in the member or element that is being read, is not what was expected.
  package func failure(at position: Int, _ expected: String) -> JSONShapeFailure {
    JSONShapeFailure(
      place: TextPlace(of: position, in: reader.bytes), path: path, found: text(at: position),
      expected: expected)
  }

  /// The way to the value that is being read.
  package var path: String {
    frames.reduce(into: "") { path, frame in
      if !frame.isObject {
        path += "[\(max(0, frame.count - 1))]"
      } else if !frame.name.isEmpty {
        path += path.isEmpty ? frame.name : ".\(frame.name)"
      }
    }
  }

  private func failure(_ failure: JSONReader.Failure) -> JSONShapeFailure {
    self.failure(at: failure.offset, failure.expected)
  }

  /// The value that begins there, no more than its first line.
  private func text(at position: Int) -> String {
    var probe = JSONReader(reader.bytes, min(position, reader.bytes.count)..<reader.bytes.count)
    let start = probe.index
    do throws(JSONReader.Failure) {
      _ = try probe.skipValue()
    } catch {
      probe.index = start + JSONShapeFailure.foundLimit
    }
    let end = min(max(probe.index, start + 1), start + JSONShapeFailure.foundLimit)
    let shown = reader.bytes[start..<min(end, reader.bytes.count)]
    return String(decoding: shown.prefix { $0 != 10 }, as: UTF8.self)
  }

  private mutating func enter(
    _ bracket: UInt8, isObject: Bool, expected: String
  ) throws(JSONShapeFailure) -> Bool {
    let start = position
    if reader.take(bracket) {
      guard frames.count < JSONReader.depthLimit else {
        throw failure(at: start, "fewer than \(JSONReader.depthLimit) levels")
      }
      frames.append(Frame(isObject: isObject))
      return true
    }
    guard case .null = try scalar(expected) else { throw failure(at: start, expected) }
    return false
  }

  private mutating func next(closing bracket: UInt8) throws(JSONShapeFailure) -> Bool {
    guard let frame = frames.last else { return false }
    if reader.take(bracket) {
      frames.removeLast()
      return false
    }
    if frame.count > 0, !reader.take(UInt8(ascii: ",")) {
      throw failure(at: position, "\",\" or \"\(Character(UnicodeScalar(bracket)))\"")
    }
    frames[frames.count - 1].count += 1
    frames[frames.count - 1].name = ""
    return true
  }

  /// Reads a value that has no parts; an object or array is not looked into.
  private mutating func scalar(_ expected: String) throws(JSONShapeFailure) -> JSONValue {
    let start = position
    guard !reader.isAtEnd(), reader.bytes[start] != UInt8(ascii: "{"),
      reader.bytes[start] != UInt8(ascii: "[")
    else { throw failure(at: start, expected) }
    do throws(JSONReader.Failure) {
      return try reader.value(depth: frames.count)
    } catch {
      throw failure(error)
    }
  }
}
