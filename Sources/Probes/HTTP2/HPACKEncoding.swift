/// Header fields as HPACK's plainest form: text without an index and without Huffman's code.
///
/// Source: RFC 7541, section 6.2.2.
enum HPACKEncoding {
  static func block(_ fields: [(name: String, value: String)]) -> [UInt8] {
    fields.flatMap { [0] + string($0.name) + string($0.value) }
  }

  private static func string(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard bytes.count >= 127 else { return [UInt8(bytes.count)] + bytes }
    var length: [UInt8] = [127]
    var rest = bytes.count - 127
    while rest >= 128 {
      length.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return length + [UInt8(rest)] + bytes
  }
}
