extension Array where Element == UInt8 {
  /// Appends an integer as the kernel on this machine lays it out.
  package mutating func append<Integer: FixedWidthInteger>(hostOrder integer: Integer) {
    Swift.withUnsafeBytes(of: integer) { append(contentsOf: $0) }
  }

  /// Appends an integer in network byte order.
  package mutating func append<Integer: FixedWidthInteger>(networkOrder integer: Integer) {
    append(hostOrder: integer.bigEndian)
  }
}

extension Collection where Element == UInt8, Index == Int {
  /// The integer that starts so many bytes in, in host order; `nil` where the bytes end before it.
  package func hostOrder<Integer: FixedWidthInteger>(
    _ type: Integer.Type, at offset: Int
  ) -> Integer? {
    guard offset >= 0, offset <= count - MemoryLayout<Integer>.size else { return nil }
    let start = startIndex + offset
    var integer = Integer.zero
    Swift.withUnsafeMutableBytes(of: &integer) {
      $0.copyBytes(from: self[start..<start + MemoryLayout<Integer>.size])
    }
    return integer
  }

  /// The integer that starts so many bytes in, in network byte order.
  package func networkOrder<Integer: FixedWidthInteger>(
    _ type: Integer.Type, at offset: Int
  ) -> Integer? {
    hostOrder(type, at: offset).map { Integer(bigEndian: $0) }
  }
}
