/// Cuts bytes as they come into frames.
struct HTTP2FrameReader: Hashable {
  private var pending: [UInt8] = []

  /// What a server may send as long as we allow no more: RFC 9113, section 4.2.
  static let payloadLimit = 16 * 1024

  /// A frame that is longer than is allowed.
  struct Oversized: Error, Hashable {}

  /// Takes bytes; returns the frames that are whole now.
  mutating func receive(_ bytes: [UInt8]) throws(Oversized) -> [HTTP2Frame] {
    pending += bytes
    var frames: [HTTP2Frame] = []
    var rest = pending[...]
    while rest.count >= 9 {
      let head = Array(rest.prefix(9))
      let length = head.prefix(3).reduce(0) { $0 << 8 | Int($1) }
      guard length <= HTTP2FrameReader.payloadLimit else { throw Oversized() }
      guard rest.count >= 9 + length else { break }
      // The highest bit is reserved, and ignored.
      let stream = head.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
      frames.append(
        HTTP2Frame(
          .init(rawValue: head[3]), .init(rawValue: head[4]), stream: stream,
          payload: Array(rest.dropFirst(9).prefix(length))))
      rest = rest.dropFirst(9 + length)
    }
    pending = Array(rest)
    return frames
  }
}
