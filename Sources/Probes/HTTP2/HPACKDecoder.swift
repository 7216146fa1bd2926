/// Reads header blocks of one connection, in order.
///
/// Source: RFC 7541, sections 5 and 6.
struct HPACKDecoder: Hashable {
  private var table = HPACKTable()

  /// A block that is not HPACK, or that refers to a field that is not there.
  struct Malformed: Error, Hashable {}

  /// All fields of one block.
  ///
  /// - Throws: when the block is malformed; the connection is then of no use any more.
  mutating func fields(of block: [UInt8]) throws(Malformed) -> [HTTPResponse.Field] {
    var fields: [HTTPResponse.Field] = []
    var bytes = block[...]
    while let first = bytes.first {
      switch first {
      case 0x80...:
        let number = try integer(&bytes, prefix: 7)
        guard let field = table[number] else { throw Malformed() }
        fields.append(field)
      case 0x40...:
        let field = try literal(&bytes, prefix: 6)
        table.add(field)
        fields.append(field)
      case 0x20...:
        let limit = try integer(&bytes, prefix: 5)
        guard table.setLimit(limit) else { throw Malformed() }
      default: fields.append(try literal(&bytes, prefix: 4))
      }
    }
    return fields
  }

  /// A field whose name may be a number of the table's, and whose value is text.
  private func literal(
    _ bytes: inout ArraySlice<UInt8>, prefix: Int
  ) throws(Malformed) -> HTTPResponse.Field {
    let number = try integer(&bytes, prefix: prefix)
    guard number > 0 else {
      return HTTPResponse.Field(name: try string(&bytes), value: try string(&bytes))
    }
    guard let named = table[number] else { throw Malformed() }
    return HTTPResponse.Field(name: named.name, value: try string(&bytes))
  }

  private func string(_ bytes: inout ArraySlice<UInt8>) throws(Malformed) -> String {
    let isHuffman = (bytes.first ?? 0) & 0x80 != 0
    let length = try integer(&bytes, prefix: 7)
    guard length <= bytes.count else { throw Malformed() }
    let text = bytes.prefix(length)
    bytes = bytes.dropFirst(length)
    guard isHuffman else { return String(decoding: text, as: UTF8.self) }
    guard let decoded = HPACKHuffman.decode(text) else { throw Malformed() }
    return String(decoding: decoded, as: UTF8.self)
  }

  /// A number in the lower bits of the first byte, or in them and the bytes behind it: at most 2^28 above.
  private func integer(
    _ bytes: inout ArraySlice<UInt8>, prefix: Int
  ) throws(Malformed) -> Int {
    guard let first = bytes.popFirst() else { throw Malformed() }
    let most = 1 << prefix - 1
    var number = Int(first) & most
    guard number == most else { return number }
    for shift in stride(from: 0, to: 28, by: 7) {
      guard let byte = bytes.popFirst() else { throw Malformed() }
      number += Int(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return number }
    }
    throw Malformed()
  }
}
