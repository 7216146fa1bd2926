/// One HTTP/1 request and its response.
struct HTTPConversation: Conversation {
  private let request: ProbeRequest.HTTPRequest
  private var parser: HTTPResponseParser

  init(_ request: ProbeRequest.HTTPRequest) {
    self.request = request
    parser = HTTPResponseParser(method: request.method)
  }

  var awaited: ProbeStage { .awaitingStatus }
  var hasStatus: Bool { parser.hasStatus }
  var isSettling: Bool { parser.state == .foreign }

  var outcome: ProbeOutcome? {
    switch parser.result {
    case .response(let response): .response(response)
    case .notHTTP(let bytes): .notHTTP(bytes)
    case .nothing, nil: nil
    }
  }

  mutating func open() -> [UInt8] { request.bytes }
  mutating func receive(_ bytes: [UInt8]) { parser.receive(bytes) }
  mutating func connectionEnded(_ end: ConnectionEnd) { parser.connectionEnded(end) }
  mutating func timeLimitPassed() { parser.timeLimitPassed() }
}
