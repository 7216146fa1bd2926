internal import LoadBalancer

/// Reads one HTTP/1 response from bytes as they come: no socket, no clock.
///
/// Bytes cut at any places give the same result. The first response is the only one: for a check 1xx is
/// final too, and nothing more is read behind it.
struct HTTPResponseParser {
  private(set) var state = State.statusLine
  private let method: HTTPCheckMethod
  /// The first bytes that came: what there is to show if they turn out to be something else.
  private var opening: [UInt8] = []
  private var response = HTTPResponse(statusLine: "", status: 0)
  private var lines = LineReader()
  private var headBytes = 0
  /// The first bytes of the body, as many as are wanted; a check's own body is never kept.
  private(set) var keptBody: [UInt8] = []
  private let keptBodyLimit: Int
  private let interimResponses: InterimResponses

  /// What a response of 100 to 199 counts for.
  enum InterimResponses: Hashable {
    /// It is the answer, as it is to a health check.
    case final
    /// The answer is behind it, as RFC 9110, section 15.2, has it; 101 is final there too.
    case skipped
  }

  enum State: Hashable {
    case statusLine
    /// What came is no status line; the rest of its first line is gathered to show it.
    case foreign
    case fields
    case body(BodyReader)
    case finished(Result)
  }

  enum Result: Hashable {
    case response(HTTPResponse)
    case notHTTP([UInt8])
    /// The connection ended, or time was up, before a whole status line.
    case nothing
  }

  /// A head is read up to this: 64 KiB, more than common servers send or accept (8–32 KiB).
  static let headLimit = 64 * 1024
  static let fieldLimit = 100
  /// Bytes of something else than HTTP that are kept.
  static let openingLimit = 64

  /// - Parameters:
  ///   - keptBodyLimit: so many of the body's first bytes are kept.
  ///   - interimResponses: whether 1xx is the answer, or before it.
  init(
    method: HTTPCheckMethod, keptBodyLimit: Int = 0, interimResponses: InterimResponses = .final
  ) {
    self.method = method
    self.keptBodyLimit = keptBodyLimit
    self.interimResponses = interimResponses
  }

  /// The result once there is one.
  var result: Result? {
    guard case .finished(let result) = state else { return nil }
    return result
  }

  /// Whether the status line is whole.
  var hasStatus: Bool { response.status != 0 }

  /// Takes what came; bytes behind the response's end are ignored.
  mutating func receive(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      switch state {
      case .statusLine: takeStatusLine(byte)
      case .foreign: takeForeign(byte)
      case .fields: takeHead(byte)
      case .body(let body): takeBody(byte, body)
      case .finished: return
      }
    }
  }

  /// Takes the end of the connection; afterwards there is a result.
  mutating func connectionEnded(_ end: ConnectionEnd) {
    finish(head: .connectionEnd) { $0.end(at: end) }
  }

  /// Takes the end of patience; afterwards there is a result.
  mutating func timeLimitPassed() {
    finish(head: .timeLimit) { _ in .timeLimit }
  }

  private mutating func finish(
    head: HTTPResponse.HeadEnd, body: (BodyReader) -> HTTPResponse.BodyEnd
  ) {
    switch state {
    case .statusLine: state = .finished(.nothing)
    case .foreign: state = .finished(.notHTTP(opening))
    case .fields: endHead(head)
    case .body(let reader): endBody(reader, body(reader))
    case .finished: break
    }
  }
}

extension HTTPResponseParser {
  private mutating func takeStatusLine(_ byte: UInt8) {
    keep(byte)
    headBytes += 1
    if let line = lines.take(byte) {
      endStatusLine(line)
    } else if !HTTPStatusLine.canBegin(lines.lineWithoutReturn) {
      state = .foreign
      endForeignIfFull()
    } else if headBytes >= HTTPResponseParser.headLimit {
      state = .finished(.notHTTP(opening))
    }
  }

  private mutating func endStatusLine(_ line: [UInt8]) {
    guard let statusLine = HTTPStatusLine(parsing: line) else {
      state = .finished(.notHTTP(opening))
      return
    }
    response.statusLine = statusLine.text
    response.status = statusLine.status
    state = .fields
  }

  private mutating func takeForeign(_ byte: UInt8) {
    keep(byte)
    if byte == UInt8(ascii: "\n") { state = .finished(.notHTTP(opening)) }
    endForeignIfFull()
  }

  private mutating func endForeignIfFull() {
    if opening.count >= HTTPResponseParser.openingLimit { state = .finished(.notHTTP(opening)) }
  }

  private mutating func keep(_ byte: UInt8) {
    if opening.count < HTTPResponseParser.openingLimit { opening.append(byte) }
  }
}

extension HTTPResponseParser {
  private mutating func takeHead(_ byte: UInt8) {
    headBytes += 1
    if let line = lines.take(byte) { endHeadLine(line) }
    if headBytes >= HTTPResponseParser.headLimit, state == .fields { endHead(.oversized) }
  }

  private mutating func endHeadLine(_ line: [UInt8]) {
    guard let first = line.first else { return endHead(.complete) }
    if isWhiteSpace(first), let last = response.fields.indices.last {
      if !response.fields[last].append(continuation: line) { endHead(.malformed) }
      return
    }
    guard let field = HTTPResponse.Field(parsing: line) else { return endHead(.malformed) }
    guard response.fields.count < HTTPResponseParser.fieldLimit else { return endHead(.oversized) }
    response.fields.append(field)
  }

  private mutating func endHead(_ end: HTTPResponse.HeadEnd) {
    response.headEnd = end
    if end == .complete, interimResponses == .skipped, isInterim {
      // The limit of the head's bytes counts on, so that interim responses are not endless.
      response = HTTPResponse(statusLine: "", status: 0)
      opening = []
      state = .statusLine
      return
    }
    guard end == .complete, let body = BodyReader(behind: response, method: method) else {
      state = .finished(.response(response))
      return
    }
    guard let bodyEnd = body.endBeforeFirstByte else {
      state = .body(body)
      return
    }
    endBody(body, bodyEnd)
  }

  private var isInterim: Bool { (100..<200).contains(response.status) && response.status != 101 }

  private mutating func takeBody(_ byte: UInt8, _ body: BodyReader) {
    let before = body.bytes
    var body = body
    let end = body.take(byte)
    if body.bytes > before, keptBody.count < keptBodyLimit { keptBody.append(byte) }
    guard let end else {
      state = .body(body)
      return
    }
    endBody(body, end)
  }

  private mutating func endBody(_ body: BodyReader, _ end: HTTPResponse.BodyEnd) {
    response.bodyBytes = body.bytes
    response.bodyFingerprint = body.fingerprint.value
    response.bodyEnd = end
    state = .finished(.response(response))
  }
}
