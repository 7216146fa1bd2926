/// Where in a text something stands, as editors count.
package struct TextPlace: Sendable, Hashable {
  /// From 1.
  package var line: Int
  /// Characters from the line's beginning, from 1.
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place of a byte; an index behind the last byte is the text's end.
  package init(of offset: Int, in bytes: [UInt8]) {
    let before = bytes[..<min(max(0, offset), bytes.count)]
    line = before.reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
    let lineStart = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
    // Bytes that continue a character of UTF-8 begin with the bits 10.
    column = before[lineStart...].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }
}

extension TextPlace: CustomStringConvertible {
  package var description: String { "line \(line), column \(column)" }
}
