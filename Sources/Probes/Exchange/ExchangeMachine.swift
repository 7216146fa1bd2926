/// One probe's connection as a state machine: events in, bytes to send and an outcome out.
///
/// It has no socket and no clock. The owner reports what the socket did and that time is up, sends what is
/// outgoing, and stops when there is an outcome. Plain and TLS bytes take the same way.
struct ExchangeMachine {
  private(set) var stage = ProbeStage.connecting
  private(set) var outcome: ProbeOutcome?
  /// Bytes to send; the owner tells with `sent` how many went.
  private(set) var outgoing: [UInt8] = []
  private let tls: (any TLSClientSession)?
  private(set) var conversation: (any Conversation)?
  private var sign = TLSRecordSign()
  /// Bytes of the handshake, behind it those of text.
  private var receivedBytes = 0
  /// Why TLS failed, where it did.
  private(set) var tlsFailure: TLSFailure?
  /// Writing met a RST; what had come before it is still read.
  private var brokenWrite: ErrorNumber?

  /// - Parameters:
  ///   - conversation: what is said; `nil` for a connection alone.
  ///   - tls: a fresh session, or `nil` for a plain connection.
  init(_ conversation: (any Conversation)?, tls: (any TLSClientSession)? = nil) {
    self.conversation = conversation
    self.tls = tls
  }

  /// Whether the first bytes that came are a TLS record.
  var speaksTLS: Bool { sign.isTLS }

  /// Whether TLS was asked for and its handshake ended well.
  var hasFinishedHandshake: Bool { tls?.isHandshakeComplete ?? false }

  /// What the server chose of the protocols that were offered with TLS.
  var negotiatedProtocol: String? { tls?.negotiatedProtocol }

  /// Whether a whole status line, or the answer to another question, has come.
  var hasStatus: Bool { conversation?.hasStatus ?? false }

  /// What came is something else, and only the rest of it is still wanted, if it comes soon.
  var isSettling: Bool { conversation?.isSettling ?? false }

  /// Takes that the SYN was answered by a SYN-ACK.
  mutating func connected() {
    guard let tls else { return beginRequest() }
    stage = .tlsHandshake
    outgoing = tls.takeCiphertext()
  }

  /// Takes that so many of the outgoing bytes were sent.
  mutating func sent(_ count: Int) {
    outgoing.removeFirst(min(count, outgoing.count))
    if outgoing.isEmpty, stage == .sendingRequest, let conversation { stage = conversation.awaited }
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
    if case .tlsFailed(let failure) = end { tlsFailure = failure }
    conversation?.connectionEnded(end)
    outcome = conversation?.outcome ?? outcome(of: end)
  }

  /// Takes that the time limit has passed; afterwards there is an outcome.
  mutating func timeLimitPassed() {
    guard outcome == nil else { return }
    conversation?.timeLimitPassed()
    outcome = conversation?.outcome ?? .timedOut(stage, bytes: receivedBytes)
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
    guard conversation != nil else {
      outcome = .connected
      return
    }
    stage = .sendingRequest
    send(conversation?.open() ?? [])
    // A check may send nothing and wait for a greeting.
    if outgoing.isEmpty, let conversation { stage = conversation.awaited }
  }

  private mutating func send(_ text: [UInt8]) {
    guard !text.isEmpty else { return }
    guard let tls else {
      outgoing += text
      return
    }
    do {
      try tls.send(plaintext: text)
      outgoing += tls.takeCiphertext()
    } catch {
      connectionEnded(.tlsFailed(error))
    }
  }

  private mutating func receivedText(_ bytes: [UInt8]) {
    guard outcome == nil else { return }
    if stage != .tlsHandshake { receivedBytes += bytes.count }
    conversation?.receive(bytes)
    send(conversation?.takeOutgoing() ?? [])
    outcome = outcome ?? conversation?.outcome
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
