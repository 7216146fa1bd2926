/// Writes messages in protobuf's wire format.
///
/// Source: https://protobuf.dev/programming-guides/encoding/
struct ProtobufWriter: OTLPFieldWriter {
  private(set) var bytes: [UInt8] = []

  static func bytes(of message: some OTLPMessage) -> [UInt8] {
    var writer = ProtobufWriter()
    message.encode(to: &writer)
    return writer.bytes
  }

  mutating func string(_ number: Int, _ name: String, _ value: String, _ presence: FieldPresence) {
    guard !value.isEmpty || presence == .explicit else { return }
    field(number, delimited: Array(value.utf8))
  }

  mutating func bool(_ number: Int, _ name: String, _ value: Bool, _ presence: FieldPresence) {
    guard value || presence == .explicit else { return }
    tag(number, .varint)
    bytes.append(value ? 1 : 0)
  }

  mutating func number(_ number: Int, _ name: String, _ value: UInt32) {
    guard value != 0 else { return }
    tag(number, .varint)
    varint(UInt64(value))
  }

  mutating func int64(_ number: Int, _ name: String, _ value: Int64, _ presence: FieldPresence) {
    guard value != 0 || presence == .explicit else { return }
    tag(number, .varint)
    varint(UInt64(bitPattern: value))
  }

  mutating func double(_ number: Int, _ name: String, _ value: Double, _ presence: FieldPresence) {
    guard value != 0 || presence == .explicit else { return }
    tag(number, .fixed64)
    littleEndian(value.bitPattern)
  }

  mutating func fixed64(_ number: Int, _ name: String, _ value: UInt64) {
    guard value != 0 else { return }
    tag(number, .fixed64)
    littleEndian(value)
  }

  mutating func sfixed64(_ number: Int, _ name: String, _ value: Int64, _ presence: FieldPresence) {
    guard value != 0 || presence == .explicit else { return }
    tag(number, .fixed64)
    littleEndian(UInt64(bitPattern: value))
  }

  mutating func message(_ number: Int, _ name: String, _ value: some OTLPMessage) {
    field(number, delimited: Self.bytes(of: value))
  }

  mutating func messages(_ number: Int, _ name: String, _ values: [some OTLPMessage]) {
    for value in values { message(number, name, value) }
  }
}

extension ProtobufWriter {
  private mutating func field(_ number: Int, delimited content: [UInt8]) {
    tag(number, .lengthDelimited)
    varint(UInt64(content.count))
    bytes += content
  }

  private mutating func tag(_ number: Int, _ type: ProtobufWireType) {
    varint(UInt64(number) << 3 | UInt64(type.rawValue))
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func littleEndian(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }
}

/// How the value of a field is framed.
enum ProtobufWireType: UInt8 {
  case varint = 0
  case fixed64 = 1
  case lengthDelimited = 2
  case fixed32 = 5
}
