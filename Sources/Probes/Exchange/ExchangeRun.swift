/// One exchange from the SYN to the outcome, on the calling thread, which it blocks.
///
/// The time limit holds for all of it: a server that drips gets no more time than a silent one.
struct ExchangeRun {
  private let request: ProbeRequest
  private var machine: ExchangeMachine
  private let start = Instant.now
  private var limit: Instant
  private var timing = ProbeTiming(totalMicroseconds: 0)
  private var isSettling = false

  /// For the rest of the first line of something that is no HTTP: packets of one burst come within it.
  private static let settlingMilliseconds = 100

  /// Makes the exchange.
  ///
  /// - Parameter tls: makes the session of a request over TLS; without it such a request is not sent, and the
  ///   outcome is a system error that says so.
  static func perform(
    _ request: ProbeRequest, for purpose: ProbeExchange.Purpose,
    tls: (any TLSClientSessionFactory)?
  ) -> ProbeExchange {
    switch request.question {
    case .datagram, .echo: return DatagramRun.perform(request, for: purpose)
    case .connection, .http, .grpc, .bytes: break
    }
    var session: (any TLSClientSession)?
    if request.usesTLS {
      do {
        session = try tls?.makeSession(
          serverName: request.serverName, applicationProtocols: request.applicationProtocols)
      } catch {
        return unsent(request, purpose, .tlsFailed(error.reason))
      }
      guard session != nil else {
        return unsent(request, purpose, .systemError("this build of the agent has no TLS"))
      }
    }
    var run = ExchangeRun(request, tls: session)
    return run.run(for: purpose)
  }

  /// The exchange that could not be made.
  static func unsent(
    _ request: ProbeRequest, _ purpose: ProbeExchange.Purpose, _ outcome: ProbeOutcome
  ) -> ProbeExchange {
    ProbeExchange(
      purpose: purpose, request: request, outcome: outcome,
      timing: ProbeTiming(totalMicroseconds: 0))
  }

  private init(_ request: ProbeRequest, tls: (any TLSClientSession)?) {
    self.request = request
    machine = ExchangeMachine(request.conversation, tls: tls)
    limit = start.advanced(byMilliseconds: request.timeLimitMilliseconds)
  }

  private mutating func run(for purpose: ProbeExchange.Purpose) -> ProbeExchange {
    let outcome: ProbeOutcome
    do {
      outcome = try converse()
    } catch {
      machine.connectionEnded(.failed(error))
      outcome = machine.outcome ?? .systemError(error.description)
    }
    timing.totalMicroseconds = elapsed
    return ProbeExchange(
      purpose: purpose, request: request, outcome: outcome, timing: timing,
      speaksTLS: machine.speaksTLS, negotiatedProtocol: machine.negotiatedProtocol)
  }

  private var elapsed: Int { Instant.now.microseconds(since: start) }
}

extension ExchangeRun {
  private mutating func converse() throws(ErrorNumber) -> ProbeOutcome {
    let socket = try ProbeSocket(for: request.address)
    try connect(socket)
    while true {
      if let outcome = machine.outcome {
        // An alert may be left that tells the server's log why; whether it goes out changes nothing.
        if !machine.outgoing.isEmpty { _ = socket.send(machine.outgoing) }
        return outcome
      }
      try machine.step(socket, until: limit)
      note()
    }
  }

  private mutating func connect(_ socket: borrowing ProbeSocket) throws(ErrorNumber) {
    guard try socket.connect(to: request.address, port: request.port, until: limit) else {
      return machine.timeLimitPassed()
    }
    timing.connectedMicroseconds = elapsed
    if request.question == .connection, !request.usesTLS { socket.resetWhenClosed() }
    machine.connected()
  }

  /// Notes when the exchange came how far.
  private mutating func note() {
    if timing.tlsMicroseconds == nil, machine.hasFinishedHandshake {
      timing.tlsMicroseconds = elapsed
    }
    if timing.statusMicroseconds == nil, machine.hasStatus { timing.statusMicroseconds = elapsed }
    if machine.isSettling, !isSettling {
      isSettling = true
      limit = min(limit, Instant.now.advanced(byMilliseconds: ExchangeRun.settlingMilliseconds))
    }
  }
}

extension ProbeRequest {
  /// What is said over the connection; `nil` where that is nothing, or there is no connection.
  fileprivate var conversation: (any Conversation)? {
    switch question {
    case .connection, .datagram, .echo: nil
    case .http(let request): HTTPConversation(request)
    case .bytes(let request): BytesConversation(request)
    case .grpc(let request): GRPCConversation(request, isSecure: usesTLS)
    }
  }

  /// The name that TLS sends in the clear (SNI); `nil` for an address.
  fileprivate var serverName: String? {
    switch question {
    case .http(let request): request.host.serverName
    case .grpc(let request): request.authority.serverName
    case .connection, .bytes, .datagram, .echo: nil
    }
  }

  /// What is offered with TLS (ALPN): gRPC servers insist on it, and HTTP/1 needs no offer.
  fileprivate var applicationProtocols: [String] {
    if case .grpc = question { ["h2"] } else { [] }
  }
}
