/// One probe's connection as a state machine: events in, bytes to send and an outcome out.
///
/// It has no socket and no clock. The owner reports what the socket did and that time is up, sends what is
/// outgoing, and stops when there is an outcome. Plain and TLS bytes take the same way.
struct ExchangeMachine {
  private(set) var stage = ProbeStage.connecting
  private(set) var outcome: ProbeOutcome?
  /// Bytes to send; the owner tells with `sent` how many went.
  private(set) var outgoing: [UInt8] = []
  private let http: ProbeRequest.HTTPRequest?
  private let tls: (any TLSClientSession)?
  private var parser: HTTPResponseParser?
  private var sign = TLSRecordSign()
  /// Bytes of the handshake, behind it those of text.
  private var receivedBytes = 0
  /// Writing met a RST; what had come before it is still read.
  private var brokenWrite: ErrorNumber?

  /// - Parameter tls: a fresh session, or `nil` for a plain connection.
  init(http: ProbeRequest.HTTPRequest?, tls: (any TLSClientSession)? = nil) {
    self.http = http
    self.tls = tls
    parser = http.map { HTTPResponseParser(method: $0.method) }
  }

  /// Whether the first bytes that came are a TLS record.
  var speaksTLS: Bool { sign.isTLS }

  /// Whether TLS was asked for and its handshake ended well.
  var hasFinishedHandshake: Bool { tls?.isHandshakeComplete ?? false }

  /// Whether a whole status line has come.
  var hasStatus: Bool { parser?.hasStatus ?? false }

  /// What came is no HTTP, and only the rest of its first line is still wanted, if it comes soon.
  var isSettling: Bool { parser?.state == .foreign }

  /// Takes that the SYN was answered by a SYN-ACK.
  mutating func connected() {
    guard let tls else { return beginRequest() }
    stage = .tlsHandshake
    outgoing = tls.takeCiphertext()
  }

  /// Takes that so many of the outgoing bytes were sent.
  mutating func sent(_ count: Int) {
    outgoing.removeFirst(min(count, outgoing.count))
    if outgoing.isEmpty, stage == .sendingRequest { stage = .awaitingStatus }
  }

  /// Takes that sending failed.
  mutating func sendingFailed(_ error: ErrorNumber) {
    guard error.isReset else { return connectionEnded(.failed(error)) }
    brokenWrite = error
    outgoing = []
  }

  /// Takes what the server sent.
  mutating func received(_ bytes: [UInt8]) {
    guard outcome == nil else { return }
    sign.receive(bytes)
    guard let tls else { return receivedText(bytes) }
    var end: ConnectionEnd?
    do {
      try tls.receive(ciphertext: bytes)
    } catch {
      end = .tlsFailed(error)
    }
    outgoing += tls.takeCiphertext()
    if stage == .tlsHandshake { continueHandshake(tls, behind: bytes.count) }
    receivedText(tls.takePlaintext())
    if end == nil, tls.isClosedByPeer { end = .closed }
    if let end { connectionEnded(end) }
  }

  /// Takes the end of the connection; afterwards there is an outcome.
  mutating func connectionEnded(_ end: ConnectionEnd) {
    guard outcome == nil else { return }
    let end =
      if end == .closed, let brokenWrite { ConnectionEnd.failed(brokenWrite) } else { end }
    parser?.connectionEnded(end)
    outcome = parsedOutcome ?? outcome(of: end)
  }

  /// Takes that the time limit has passed; afterwards there is an outcome.
  mutating func timeLimitPassed() {
    guard outcome == nil else { return }
    parser?.timeLimitPassed()
    outcome = parsedOutcome ?? .timedOut(stage, bytes: receivedBytes)
  }
}

extension ExchangeMachine {
  private mutating func continueHandshake(_ tls: any TLSClientSession, behind count: Int) {
    receivedBytes += count
    guard tls.isHandshakeComplete else { return }
    receivedBytes = 0
    beginRequest()
  }

  private mutating func beginRequest() {
    guard let http else {
      outcome = .connected
      return
    }
    stage = .sendingRequest
    guard let tls else {
      outgoing = http.bytes
      return
    }
    do {
      try tls.send(plaintext: http.bytes)
      outgoing += tls.takeCiphertext()
    } catch {
      connectionEnded(.tlsFailed(error))
    }
  }

  private mutating func receivedText(_ bytes: [UInt8]) {
    guard outcome == nil else { return }
    if stage != .tlsHandshake { receivedBytes += bytes.count }
    parser?.receive(bytes)
    outcome = parsedOutcome
  }

  /// What the parser makes of the bytes; `nil` while it wants more, and where they say nothing.
  private var parsedOutcome: ProbeOutcome? {
    switch parser?.result {
    case .response(let response): .response(response)
    case .notHTTP(let bytes): .notHTTP(bytes)
    case .nothing, nil: nil
    }
  }

  private func outcome(of end: ConnectionEnd) -> ProbeOutcome {
    switch end {
    case .closed: .closed(stage, bytes: receivedBytes)
    case .tlsFailed(let failure): .tlsFailed(failure.reason)
    case .failed(let error) where stage == .connecting && error.isRefusal: .refused
    case .failed(let error) where error.isReset: .reset(stage, bytes: receivedBytes)
    case .failed(let error) where error.isTimeout: .timedOut(stage, bytes: receivedBytes)
    case .failed(let error): .systemError(error.description)
    }
  }
}
