internal import Addressing

/// One datagram and what comes back to it, on the calling thread, which it blocks.
///
/// Silence is no failure of a UDP port: the outcome says it as a time limit that passed, and the judge
/// knows what was expected. An ICMP port-unreachable comes back as ECONNREFUSED, because the socket is
/// connected.
struct DatagramRun {
  private let request: ProbeRequest
  private let start = Instant.now
  private var answeredMicroseconds: Int?

  static func perform(_ request: ProbeRequest, for purpose: ProbeExchange.Purpose) -> ProbeExchange
  {
    var run = DatagramRun(request: request)
    let outcome: ProbeOutcome
    do {
      outcome = try run.converse()
    } catch {
      outcome = error.isRefusal ? .refused : .systemError(error.description)
    }
    return ProbeExchange(
      purpose: purpose, request: request, outcome: outcome,
      timing: ProbeTiming(
        statusMicroseconds: run.answeredMicroseconds,
        totalMicroseconds: Instant.now.microseconds(since: run.start)))
  }

  private init(request: ProbeRequest) { self.request = request }

  private mutating func converse() throws(ErrorNumber) -> ProbeOutcome {
    let echo = request.question == .echo ? EchoRequest(to: request.address.family) : nil
    let socket = try ProbeSocket(for: request.address, kind: echo == nil ? .datagram : .echo)
    try socket.beginConnecting(to: request.address, port: echo == nil ? request.port : 0)
    if case .failed(let error) = socket.send(echo?.bytes ?? payload) { throw error }
    let limit = start.advanced(byMilliseconds: request.timeLimitMilliseconds)
    while Instant.now < limit, try socket.wait(until: limit, for: .readable) {
      switch socket.receiveDatagram() {
      case .done(let bytes):
        // Echo sockets hear nothing but replies to themselves; an older request's may come late.
        if let echo, !echo.isAnswered(by: bytes) { continue }
        answeredMicroseconds = Instant.now.microseconds(since: start)
        return echo == nil ? .replied(ProbeReply(bytes, expected: expected)) : .echoReply
      case .failed(let error): throw error
      case .notReady, .ended: continue
      }
    }
    return .timedOut(.awaitingReply, bytes: 0)
  }

  private var payload: [UInt8] {
    guard case .datagram(let request) = request.question else { return [] }
    return request.send
  }

  private var expected: [UInt8] {
    guard case .datagram(let request) = request.question else { return [] }
    return request.expected
  }
}
