import LoadBalancer

/// One GET to the metadata service over a connection of its own, on the calling thread.
struct MetadataExchange {
  private(set) var answer = Answer.nothing

  enum Answer: Hashable {
    /// The body of a response with status 200, all of it, in UTF-8.
    case text(String)
    /// Another response: a status such as 404 or 302, or a body that is too long or no text.
    case other
    /// No whole response within the time limit.
    case nothing
  }

  /// Bytes of body that any answer may have; listings have a few hundred.
  static let bodyLimit = 8 * 1024

  init(_ endpoint: MetadataEndpoint, path: String, until limit: Instant) {
    let request = Self.request(endpoint, path)
    let response = try? Self.converse(with: endpoint, request, until: limit)
    answer = response ?? .nothing
  }

  private static func request(_ endpoint: MetadataEndpoint, _ path: String) -> [UInt8] {
    let lines = [
      "GET \(endpoint.path)\(path) HTTP/1.1", "Host: \(endpoint.host)", "User-Agent: clb-agent",
      "Accept: text/plain", "Connection: close", "\r\n",
    ]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  private static func converse(
    with endpoint: MetadataEndpoint, _ request: [UInt8], until limit: Instant
  ) throws(ErrorNumber) -> Answer {
    let socket = try ProbeSocket(for: endpoint.address)
    try socket.beginConnecting(to: endpoint.address, port: endpoint.port)
    guard try socket.wait(until: limit, for: .writable) else { return .nothing }
    try socket.finishConnecting()
    guard !socket.isConnectedToItself else { return .nothing }
    // A request of some hundred bytes always fits the socket's empty buffer.
    guard case .done(request.count) = socket.send(request) else { return .nothing }
    var parser = HTTPResponseParser(method: .get, keptBodyLimit: bodyLimit + 1)
    while parser.result == nil, parser.state != .foreign, parser.keptBody.count <= bodyLimit {
      // The clock is asked as well as poll(2): an endless answer is always there to be read.
      guard Instant.now < limit, try socket.wait(until: limit, for: .readable) else {
        return .nothing
      }
      switch socket.receive() {
      case .done(let bytes): parser.receive(bytes)
      case .ended: parser.connectionEnded(.closed)
      case .failed(let error): parser.connectionEnded(.failed(error))
      case .notReady: break
      }
    }
    return Answer(parser)
  }
}

extension MetadataExchange.Answer {
  fileprivate init(_ parser: HTTPResponseParser) {
    guard case .response(let response)? = parser.result else {
      // What is no HTTP, and what has too much of a body, is no metadata service at all.
      self = parser.result == .nothing ? .nothing : .other
      return
    }
    guard response.status == 200, response.headEnd == .complete, response.bodyEnd == .complete,
      parser.keptBody.count <= MetadataExchange.bodyLimit,
      let text = String(validating: parser.keptBody, as: UTF8.self)
    else {
      self = .other
      return
    }
    self = .text(text)
  }
}
