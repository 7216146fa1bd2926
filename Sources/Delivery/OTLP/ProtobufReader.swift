/// Reads the fields of one message in protobuf's wire format, from bytes that somebody else wrote.
struct ProtobufReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = Array(bytes)[...] }

  /// The bytes are no message: they end within a field, or frame one as no version of protobuf does.
  struct Malformed: Error, Hashable {}

  enum Value: Hashable {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  /// The next field; `nil` at the end.
  mutating func next() throws(Malformed) -> (number: UInt64, value: Value)? {
    guard !rest.isEmpty else { return nil }
    let tag = try varint()
    guard tag >> 3 > 0, let type = ProtobufWireType(rawValue: UInt8(tag & 7)) else {
      throw Malformed()
    }
    switch type {
    case .varint: return (tag >> 3, .number(try varint()))
    case .fixed64: return (tag >> 3, .number(Self.littleEndian(try take(8))))
    case .fixed32: return (tag >> 3, .number(Self.littleEndian(try take(4))))
    case .lengthDelimited:
      guard let count = Int(exactly: try varint()) else { throw Malformed() }
      return (tag >> 3, .bytes(try take(count)))
    }
  }

  private mutating func varint() throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw Malformed() }
      value |= UInt64(byte & 0x7F) << UInt64(shift)
      if byte & 0x80 == 0 { return value }
    }
    throw Malformed()
  }

  private mutating func take(_ count: Int) throws(Malformed) -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw Malformed() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
