/// What is said over a connection once it stands: bytes in, bytes and an outcome out.
///
/// It has no socket and no clock, and does not know whether TLS carries it.
protocol Conversation {
  /// What the exchange waits for behind the request.
  var awaited: ProbeStage { get }
  /// The outcome once the answer tells it.
  var outcome: ProbeOutcome? { get }
  /// Whether the part of the answer has come that the time limit is about.
  var hasStatus: Bool { get }
  /// What came is something else, and only the rest of it is still wanted, if it comes soon.
  var isSettling: Bool { get }

  /// The request; called once.
  mutating func open() -> [UInt8]
  mutating func receive(_ bytes: [UInt8])
  /// What is to be sent on what was received, since the last call.
  mutating func takeOutgoing() -> [UInt8]
  /// Takes the end of the connection; an outcome may come of it.
  mutating func connectionEnded(_ end: ConnectionEnd)
  /// Takes the end of patience; an outcome may come of it.
  mutating func timeLimitPassed()
}

extension Conversation {
  mutating func takeOutgoing() -> [UInt8] { [] }
}
