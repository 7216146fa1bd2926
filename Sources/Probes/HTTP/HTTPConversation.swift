internal import LoadBalancer

/// One HTTP/1 request and its response.
struct HTTPConversation: Conversation {
  private let request: [UInt8]
  private var parser: HTTPResponseParser

  init(_ request: ProbeRequest.HTTPRequest) {
    self.request = request.bytes
    parser = HTTPResponseParser(method: request.method)
  }

  /// A POST whose answer's body is kept, as far as it is read at all.
  ///
  /// - Parameter request: its head and body.
  init(post request: [UInt8]) {
    self.request = request
    // To the parser the method only says whether a body follows.
    parser = HTTPResponseParser(
      method: .get, keptBodyLimit: BodyReader.limit, interimResponses: .skipped)
  }

  var awaited: ProbeStage { .awaitingStatus }
  var hasStatus: Bool { parser.hasStatus }
  var isSettling: Bool { parser.state == .foreign }
  /// The first bytes of the answer's body.
  var body: [UInt8] { parser.keptBody }

  var outcome: ProbeOutcome? {
    switch parser.result {
    case .response(let response): .response(response)
    case .notHTTP(let bytes): .notHTTP(bytes)
    case .nothing, nil: nil
    }
  }

  mutating func open() -> [UInt8] { request }
  mutating func receive(_ bytes: [UInt8]) { parser.receive(bytes) }
  mutating func connectionEnded(_ end: ConnectionEnd) { parser.connectionEnded(end) }
  mutating func timeLimitPassed() { parser.timeLimitPassed() }
}
