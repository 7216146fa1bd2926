internal import LoadBalancer

/// Reads a response's body for its size and fingerprint, and keeps none of it.
struct BodyReader: Hashable {
  private(set) var bytes = 0
  private(set) var fingerprint = Fingerprint()
  private var framing: Framing

  /// How the end of a body is told: RFC 9112, section 6.3.
  enum Framing: Hashable {
    /// Bytes still to come.
    case length(Int)
    case chunked(ChunkedDecoder)
    case untilConnectionEnd
  }

  /// More of a body is not read: enough to compare two pages.
  static let limit = 64 * 1024

  /// Prepares for the body behind this head; `nil` where none follows.
  ///
  /// A length that is no number is as good as none: the connection's end tells, or the time limit.
  init?(behind head: HTTPResponse, method: HTTPCheckMethod) {
    guard method == .get, head.status >= 200, head.status != 204, head.status != 304 else {
      return nil
    }
    if let codings = head.field("Transfer-Encoding"), codings.lowercased().hasSuffix("chunked") {
      framing = .chunked(ChunkedDecoder())
    } else if let length = head.field("Content-Length").flatMap({ Int($0) }), length >= 0 {
      framing = .length(length)
    } else {
      framing = .untilConnectionEnd
    }
  }

  /// Why the body ends before its first byte: an announced length of zero.
  var endBeforeFirstByte: HTTPResponse.BodyEnd? {
    framing == .length(0) ? .complete : nil
  }

  /// Takes one byte; returns why the body ends with it, or `nil` while more may come.
  mutating func take(_ byte: UInt8) -> HTTPResponse.BodyEnd? {
    switch framing {
    case .untilConnectionEnd: return count(byte)
    case .length(let remaining):
      framing = .length(remaining - 1)
      return count(byte) ?? (remaining <= 1 ? .complete : nil)
    case .chunked(var decoder):
      let step = decoder.take(byte)
      framing = .chunked(decoder)
      switch step {
      case .framing: return nil
      case .content: return count(byte)
      case .end: return .complete
      case .malformed: return .malformed
      }
    }
  }

  /// What the connection's end means: only where nothing else tells, it is the body's.
  func end(at connectionEnd: ConnectionEnd) -> HTTPResponse.BodyEnd {
    framing == .untilConnectionEnd && connectionEnd == .closed ? .complete : .connectionEnd
  }

  private mutating func count(_ byte: UInt8) -> HTTPResponse.BodyEnd? {
    bytes += 1
    fingerprint.add(byte)
    return bytes >= BodyReader.limit ? .oversized : nil
  }
}
