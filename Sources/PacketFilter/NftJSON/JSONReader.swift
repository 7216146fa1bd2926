/// Reads JSON from bytes: whole values, or only where they stand.
struct JSONReader {
  /// Why the bytes are no JSON.
  struct Failure: Error, Hashable {
    /// The index of the byte that does not fit.
    var offset: Int
    var expected: String
  }

  /// How deep values may nest; deeper ones are refused, so that hostile text cannot exhaust the stack.
  static let depthLimit = 96

  let bytes: [UInt8]
  private(set) var index: Int
  let end: Int

  /// A reader of those bytes.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    index = range.lowerBound
    end = range.upperBound
  }

  /// Whether nothing but blanks is left.
  mutating func isAtEnd() -> Bool {
    skipBlanks()
    return index >= end
  }

  @inline(__always)
  private mutating func skipBlanks() {
    while index < end,
      bytes[index] == 32 || bytes[index] == 10 || bytes[index] == 9 || bytes[index] == 13
    {
      index += 1
    }
  }

  private func failure(_ expected: String) -> Failure { Failure(offset: index, expected: expected) }

  /// Steps over that byte if it is the next.
  mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard index < end, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// Steps over that byte.
  mutating func expect(_ byte: UInt8) throws(Failure) {
    guard take(byte) else { throw failure("\"\(Character(UnicodeScalar(byte)))\"") }
  }

  /// Steps over the next value and says where it stands, without a look at what is in it.
  mutating func skipValue() throws(Failure) -> Range<Int> {
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

  private mutating func skipString() throws(Failure) {
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

  private mutating func skipWord() throws(Failure) {
    let start = index
    while index < end, Self.isWordByte(bytes[index]) { index += 1 }
    if index == start { throw failure("a value") }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90)
      || byte == 43 || byte == 45 || byte == 46
  }

  /// Reads the next value whole.
  mutating func value(depth: Int = 0) throws(Failure) -> JSONValue {
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

  private mutating func object(_ depth: Int) throws(Failure) -> JSONValue {
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
  mutating func name() throws(Failure) -> String {
    skipBlanks()
    guard index < end, bytes[index] == UInt8(ascii: "\"") else { throw failure("a name") }
    let name = try string()
    try expect(UInt8(ascii: ":"))
    return name
  }

  private mutating func array(_ depth: Int) throws(Failure) -> JSONValue {
    index += 1
    var values: [JSONValue] = []
    guard !take(UInt8(ascii: "]")) else { return .array(values) }
    while true {
      values.append(try value(depth: depth + 1))
      if take(UInt8(ascii: "]")) { return .array(values) }
      try expect(UInt8(ascii: ","))
    }
  }

  private mutating func word() throws(Failure) -> JSONValue {
    let start = index
    try skipWord()
    let text = ByteText.string(bytes, start..<index)
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

  private mutating func string() throws(Failure) -> String {
    let start = index
    try skipString()
    let inner = start + 1..<index - 1
    guard ByteText.firstIndex(of: UInt8(ascii: "\\"), in: bytes, inner) != nil else {
      return ByteText.string(bytes, inner)
    }
    return Self.unescaped(bytes, inner)
  }

  private static func unescaped(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    var result: [UInt8] = []
    var units: [UInt16] = []
    var index = range.lowerBound
    func flush() {
      result += Array(String(decoding: units, as: UTF16.self).utf8)
      units = []
    }
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < range.upperBound else {
        flush()
        result.append(bytes[index])
        index += 1
        continue
      }
      let escaped = bytes[index + 1]
      if escaped == UInt8(ascii: "u"), index + 6 <= range.upperBound,
        let unit = UInt16(ByteText.string(bytes, index + 2..<index + 6), radix: 16)
      {
        units.append(unit)
        index += 6
        continue
      }
      flush()
      result.append(Self.plain(escaped))
      index += 2
    }
    flush()
    return String(decoding: result, as: UTF8.self)
  }

  private static func plain(_ escaped: UInt8) -> UInt8 {
    switch escaped {
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "t"): 9
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    default: escaped
    }
  }

  /// Reads a string that is an IPv4 address; stays where it is for any other value.
  mutating func takePlainIPv4() -> UInt128? {
    skipBlanks()
    guard index < end, bytes[index] == UInt8(ascii: "\"") else { return nil }
    var close = index + 1
    while close < end, close - index < 17, bytes[close] != UInt8(ascii: "\"") { close += 1 }
    guard close < end, bytes[close] == UInt8(ascii: "\""),
      let address = ByteText.ipv4(bytes, index + 1..<close)
    else { return nil }
    index = close + 1
    return UInt128(address)
  }
}
