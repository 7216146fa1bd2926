/// Takes the framing off a body in chunks, byte by byte.
///
/// Without it two answers with the same content would differ by where a server happened to cut them.
///
/// Source: RFC 9112, section 7.1.
struct ChunkedDecoder: Hashable {
  private var state = State.size
  private var lines = LineReader()

  private enum State: Hashable {
    case size
    /// Within a chunk: bytes still to come, at least one.
    case content(Int)
    /// The line end behind a chunk's content.
    case contentEnd
    /// Behind the last chunk: lines up to an empty one.
    case trailer
  }

  /// What one byte was.
  enum Step: Hashable {
    case framing
    case content
    /// The last byte of the whole body.
    case end
    case malformed
  }

  /// The longest line of a size with extensions, and of a trailer.
  private static let lineLimit = 4096

  mutating func take(_ byte: UInt8) -> Step {
    switch state {
    case .content(let remaining):
      state = remaining > 1 ? .content(remaining - 1) : .contentEnd
      return .content
    case .size, .contentEnd, .trailer:
      guard let line = lines.take(byte) else {
        return lines.line.count > ChunkedDecoder.lineLimit ? .malformed : .framing
      }
      return end(of: line)
    }
  }

  private mutating func end(of line: [UInt8]) -> Step {
    switch state {
    case .size:
      guard let size = ChunkedDecoder.size(parsing: line) else { return .malformed }
      state = size == 0 ? .trailer : .content(size)
    case .contentEnd:
      guard line.isEmpty else { return .malformed }
      state = .size
    case .trailer where line.isEmpty: return .end
    case .trailer, .content: break
    }
    return .framing
  }

  /// The hexadecimal number at the start of the line; what follows `;` is an extension.
  private static func size(parsing line: [UInt8]) -> Int? {
    let digits = line.prefix { $0 != UInt8(ascii: ";") && !isWhiteSpace($0) }
    guard !digits.isEmpty, digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
    else { return nil }
    return Int(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
