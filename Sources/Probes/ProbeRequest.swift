package import Addressing
package import LoadBalancer

/// What was asked of one address and port.
package struct ProbeRequest: Sendable, Hashable {
  package var address: IPAddress
  package var port: UInt16
  package var usesTLS: Bool
  package var question: Question
  /// From the first packet on, for the whole exchange, as `TimeOut`.
  package var timeLimitMilliseconds: Int

  package init(
    address: IPAddress, port: UInt16, usesTLS: Bool = false, question: Question,
    timeLimitMilliseconds: Int
  ) {
    self.address = address
    self.port = port
    self.usesTLS = usesTLS
    self.question = question
    self.timeLimitMilliseconds = timeLimitMilliseconds
  }

  package init(
    address: IPAddress, port: UInt16, usesTLS: Bool = false, http: HTTPRequest? = nil,
    timeLimitMilliseconds: Int
  ) {
    self.init(
      address: address, port: port, usesTLS: usesTLS,
      question: http.map { .http($0) } ?? .connection,
      timeLimitMilliseconds: timeLimitMilliseconds)
  }

  /// What is said, and in which language.
  package enum Question: Sendable, Hashable {
    /// A TCP connection, over which nothing is said.
    case connection
    case http(HTTPRequest)
    case grpc(GRPCRequest)
    /// Bytes over TCP, and those that are expected back.
    case bytes(BytesRequest)
    /// The same as one UDP datagram.
    case datagram(BytesRequest)
    /// An ICMP echo request; the port means nothing to it.
    case echo
  }

  /// The HTTP request; `nil` for every other question, and setting that changes nothing.
  package var http: HTTPRequest? {
    get {
      guard case .http(let request) = question else { return nil }
      return request
    }
    set { if let newValue { question = .http(newValue) } }
  }

  /// The request line and the `Host` field; `User-Agent` is always `clb-healthcheck`, CLB's own.
  package struct HTTPRequest: Sendable, Hashable, Codable {
    package var method: HTTPCheckMethod
    package var version: HTTPVersion
    package var host: String
    package var path: String

    package init(method: HTTPCheckMethod, version: HTTPVersion, host: String, path: String) {
      self.method = method
      self.version = version
      self.host = host
      self.path = path
    }
  }

  /// One unary call with an empty message. What CLB calls is not documented.
  package struct GRPCRequest: Sendable, Hashable, Codable {
    /// The pseudo-header field `:authority`.
    package var authority: String
    /// The pseudo-header field `:path`: `/SERVICE/METHOD`.
    package var path: String

    package init(authority: String, path: String) {
      self.authority = authority
      self.path = path
    }
  }

  /// Bytes to send and bytes to expect.
  package struct BytesRequest: Sendable, Hashable, Codable {
    /// Nothing is sent where there are none.
    package var send: [UInt8]
    /// Empty where any answer will do.
    package var expected: [UInt8]

    package init(send: [UInt8], expected: [UInt8]) {
      self.send = send
      self.expected = expected
    }
  }
}

extension ProbeRequest: Codable {
  /// One member a question; a connection has none, so that captures of every version are read alike.
  private enum CodingKeys: String, CodingKey {
    case address, port, usesTLS, timeLimitMilliseconds, http, grpc, bytes, datagram, echo
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    address = try values.decode(IPAddress.self, forKey: .address)
    port = try values.decode(UInt16.self, forKey: .port)
    usesTLS = try values.decode(Bool.self, forKey: .usesTLS)
    timeLimitMilliseconds = try values.decode(Int.self, forKey: .timeLimitMilliseconds)
    let http = try values.decodeIfPresent(HTTPRequest.self, forKey: .http).map(Question.http)
    let grpc = try values.decodeIfPresent(GRPCRequest.self, forKey: .grpc).map(Question.grpc)
    let bytes = try values.decodeIfPresent(BytesRequest.self, forKey: .bytes).map(Question.bytes)
    let datagram = try values.decodeIfPresent(BytesRequest.self, forKey: .datagram)
      .map(Question.datagram)
    let echo = try values.decodeIfPresent(Bool.self, forKey: .echo).map { _ in Question.echo }
    question = http ?? grpc ?? bytes ?? datagram ?? echo ?? .connection
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(address, forKey: .address)
    try values.encode(port, forKey: .port)
    try values.encode(usesTLS, forKey: .usesTLS)
    try values.encode(timeLimitMilliseconds, forKey: .timeLimitMilliseconds)
    switch question {
    case .connection: break
    case .http(let request): try values.encode(request, forKey: .http)
    case .grpc(let request): try values.encode(request, forKey: .grpc)
    case .bytes(let request): try values.encode(request, forKey: .bytes)
    case .datagram(let request): try values.encode(request, forKey: .datagram)
    case .echo: try values.encode(true, forKey: .echo)
    }
  }
}
