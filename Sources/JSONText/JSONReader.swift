/// Reads JSON from bytes: whole values, or only where they stand.
///
/// What big packet filters are read by is inlinable: across modules it would otherwise cost a tenth more.
package struct JSONReader: Sendable {
  /// Why the bytes are no JSON.
  package struct Failure: Error, Hashable {
    /// The index of the byte that does not fit.
    package var offset: Int
    package var expected: String

    @inlinable
    package init(offset: Int, expected: String) {
      self.offset = offset
      self.expected = expected
    }

    /// Where it stands, in lines and columns.
    package func place(in bytes: [UInt8]) -> TextPlace { TextPlace(of: offset, in: bytes) }
  }

  /// How deep values may nest; deeper ones are refused, so that hostile text cannot exhaust the stack.
  @inlinable
  package static var depthLimit: Int { 96 }

  /// What is read; `index` counts in it.
  package let bytes: [UInt8]
  /// The byte that is next.
  package var index: Int
  @usableFromInline let end: Int

  /// A reader of those bytes.
  @inlinable
  package init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    index = range.lowerBound
    end = range.upperBound
  }

  /// Whether nothing but blanks is left.
  @inlinable
  package mutating func isAtEnd() -> Bool {
    skipBlanks()
    return index >= end
  }

  @inlinable
  @inline(__always)
  package mutating func skipBlanks() {
    while index < end,
      bytes[index] == 32 || bytes[index] == 10 || bytes[index] == 9 || bytes[index] == 13
    {
      index += 1
    }
  }

  @inlinable
  func failure(_ expected: String) -> Failure { Failure(offset: index, expected: expected) }

  /// Steps over that byte if it is the next.
  @inlinable
  package mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard index < end, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// Steps over that byte.
  @inlinable
  package mutating func expect(_ byte: UInt8) throws(Failure) {
    guard take(byte) else { throw failure("\"\(Character(UnicodeScalar(byte)))\"") }
  }

  /// Steps over the next value and says where it stands, without a look at what is in it.
  ///
  /// Only quotes and brackets are counted, so that long lists of rules are found fast; `value` and
  /// `checkValue` say later whether it is JSON.
  @inlinable
  package mutating func skipValue() throws(Failure) -> Range<Int> {
    skipBlanks()
    let start = index
    var depth = 0
    repeat {
      skipBlanks()
      guard index < end else { throw failure("the value's end") }
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        index += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { throw failure("a value") }
        depth -= 1
        index += 1
      case UInt8(ascii: "\""):
        try skipString()
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > 0 else { throw failure("a value") }
        index += 1
      default:
        try skipWord()
      }
    } while depth > 0
    return start..<index
  }

  @inlinable
  mutating func skipString() throws(Failure) {
    index += 1
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        return
      }
      index += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    index = min(index, end)
    throw failure("the string's closing quote")
  }

  @inlinable
  mutating func skipWord() throws(Failure) {
    let start = index
    while index < end, Self.isWordByte(bytes[index]) { index += 1 }
    if index == start { throw failure("a value") }
  }

  @inlinable
  static func isWordByte(_ byte: UInt8) -> Bool {
    (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90)
      || byte == 43 || byte == 45 || byte == 46
  }

  /// Steps over the next value, and holds it to the grammar without keeping anything of it.
  package mutating func checkValue(depth: Int = 0) throws(Failure) {
    skipBlanks()
    guard index < end else { throw failure("a value") }
    guard depth < Self.depthLimit else { throw failure("fewer than \(Self.depthLimit) levels") }
    switch bytes[index] {
    case UInt8(ascii: "{"):
      index += 1
      guard !take(UInt8(ascii: "}")) else { return }
      repeat {
        _ = try name()
        try checkValue(depth: depth + 1)
      } while take(UInt8(ascii: ","))
      try expect(UInt8(ascii: "}"))
    case UInt8(ascii: "["):
      index += 1
      guard !take(UInt8(ascii: "]")) else { return }
      repeat { try checkValue(depth: depth + 1) } while take(UInt8(ascii: ","))
      try expect(UInt8(ascii: "]"))
    case UInt8(ascii: "\""): try skipString()
    default: _ = try word()
    }
  }

  /// Reads the next value whole.
  @inlinable
  package mutating func value(depth: Int = 0) throws(Failure) -> JSONValue {
    skipBlanks()
    guard index < end else { throw failure("a value") }
    guard depth < Self.depthLimit else { throw failure("fewer than \(Self.depthLimit) levels") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    default: return try word()
    }
  }

  @inlinable
  mutating func object(_ depth: Int) throws(Failure) -> JSONValue {
    index += 1
    var members: [JSONValue.Member] = []
    guard !take(UInt8(ascii: "}")) else { return .object(members) }
    while true {
      let name = try name()
      members.append(.init(name: name, value: try value(depth: depth + 1)))
      if take(UInt8(ascii: "}")) { return .object(members) }
      try expect(UInt8(ascii: ","))
    }
  }

  /// Reads the name of an object's member, and the colon.
  @inlinable
  package mutating func name() throws(Failure) -> String {
    skipBlanks()
    guard index < end, bytes[index] == UInt8(ascii: "\"") else { throw failure("a name") }
    let name = try string()
    try expect(UInt8(ascii: ":"))
    return name
  }

  @inlinable
  mutating func array(_ depth: Int) throws(Failure) -> JSONValue {
    index += 1
    var values: [JSONValue] = []
    guard !take(UInt8(ascii: "]")) else { return .array(values) }
    while true {
      values.append(try value(depth: depth + 1))
      if take(UInt8(ascii: "]")) { return .array(values) }
      try expect(UInt8(ascii: ","))
    }
  }

  @inlinable
  mutating func word() throws(Failure) -> JSONValue {
    let start = index
    try skipWord()
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    switch text {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    default:
      if let number = Int64(text) { return .integer(number) }
      guard let first = text.utf8.first, first == 45 || (first >= 48 && first <= 57) else {
        index = start
        throw failure("a value")
      }
      return .number(text)
    }
  }

  @inlinable
  mutating func string() throws(Failure) -> String {
    let start = index
    try skipString()
    let inner = start + 1..<index - 1
    return isEscaped(inner)
      ? JSONEscapes.unescaped(bytes[inner]) : String(decoding: bytes[inner], as: UTF8.self)
  }

  @inlinable
  func isEscaped(_ range: Range<Int>) -> Bool {
    let span = bytes.span
    for index in range where span[index] == UInt8(ascii: "\\") { return true }
    return false
  }

  /// Where the text of the next value stands, if it is a string of at most so many bytes without a quote.
  ///
  /// The reader stays before it; `step(behind:)` goes on.
  @inlinable
  package mutating func peekShortString(limit: Int) -> Range<Int>? {
    skipBlanks()
    guard index < end, bytes[index] == UInt8(ascii: "\"") else { return nil }
    var close = index + 1
    while close < end, close - index <= limit + 1, bytes[close] != UInt8(ascii: "\"") { close += 1 }
    guard close < end, bytes[close] == UInt8(ascii: "\"") else { return nil }
    return index + 1..<close
  }

  /// Steps behind a string whose text `peekShortString` found.
  @inlinable
  package mutating func step(behind text: Range<Int>) { index = text.upperBound + 1 }
}
