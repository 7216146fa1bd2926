/// One gRPC call over a connection of its own.
struct GRPCConversation: Conversation {
  private var call: GRPCCall
  private var opening: [UInt8] = []
  private(set) var outcome: ProbeOutcome?

  /// Bytes of something else than HTTP/2 that are kept.
  private static let openingLimit = 64

  init(_ request: ProbeRequest.GRPCRequest, isSecure: Bool) {
    call = GRPCCall(request, isSecure: isSecure)
  }

  var awaited: ProbeStage { .awaitingReply }

  var hasStatus: Bool {
    guard case .grpc = outcome else { return false }
    return true
  }

  var isSettling: Bool { isForeign }

  mutating func open() -> [UInt8] { call.takeOutgoing() }
  mutating func takeOutgoing() -> [UInt8] { isForeign ? [] : call.takeOutgoing() }

  mutating func receive(_ bytes: [UInt8]) {
    guard outcome == nil else { return }
    opening += bytes.prefix(Self.openingLimit - opening.count)
    guard !isForeign else {
      if opening.count == Self.openingLimit { outcome = .notHTTP2(opening) }
      return
    }
    call.receive(bytes)
    switch call.result {
    case .answered(let response): outcome = .grpc(response)
    case .failed(let reason): outcome = .http2Failed(reason)
    case nil: break
    }
  }

  mutating func connectionEnded(_ end: ConnectionEnd) { endIfForeign() }
  mutating func timeLimitPassed() { endIfForeign() }

  private mutating func endIfForeign() {
    if outcome == nil, isForeign { outcome = .notHTTP2(opening) }
  }

  /// Whether what came cannot be the SETTINGS frame that a server's side of HTTP/2 begins with.
  ///
  /// Source: RFC 9113, sections 3.4, 4.1 and 6.5: a length that is a multiple of 6, type 4, no flags, stream 0.
  private var isForeign: Bool {
    guard opening.count >= 4 else { return false }
    let length = opening.prefix(3).reduce(0) { $0 << 8 | Int($1) }
    return length > 16_384 || !length.isMultiple(of: 6) || opening[3] != 4
      || opening.dropFirst(4).prefix(5).contains { $0 != 0 }
  }
}
