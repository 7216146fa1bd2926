/// The exchange of a CUSTOM check over TCP.
///
/// It ends well as soon as the answer begins with what was expected. Where it begins otherwise, all that
/// comes is read as long as it may come: the rule by which CLB compares is not documented, and what was
/// expected may stand further behind.
struct BytesConversation: Conversation {
  private let request: ProbeRequest.BytesRequest
  private var answer: [UInt8] = []
  private(set) var outcome: ProbeOutcome?

  /// More of an answer is not read.
  private static let limit = 64 * 1024

  init(_ request: ProbeRequest.BytesRequest) { self.request = request }

  var awaited: ProbeStage { .awaitingReply }
  var hasStatus: Bool { outcome != nil }
  var isSettling: Bool { false }

  mutating func open() -> [UInt8] { request.send }

  mutating func receive(_ bytes: [UInt8]) {
    guard outcome == nil, !bytes.isEmpty else { return }
    answer += bytes.prefix(Self.limit - answer.count)
    if answer.starts(with: request.expected) || answer.count >= Self.limit { conclude() }
  }

  mutating func connectionEnded(_ end: ConnectionEnd) {
    if !answer.isEmpty { conclude() }
  }

  mutating func timeLimitPassed() {
    // A part of what is expected is an answer that is late, not one that differs.
    if !answer.isEmpty, !request.expected.starts(with: answer) { conclude() }
  }

  private mutating func conclude() {
    guard outcome == nil else { return }
    outcome = .replied(ProbeReply(answer, expected: request.expected))
  }
}
