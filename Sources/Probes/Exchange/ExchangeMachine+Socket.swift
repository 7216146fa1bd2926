extension ExchangeMachine {
  /// Waits for the socket once, then writes and reads once.
  ///
  /// The clock is asked as well as poll(2): the socket of a server that never stops sending is always ready.
  mutating func step(_ socket: borrowing ProbeSocket, until limit: Instant) throws(ErrorNumber) {
    let readiness: ProbeSocket.Readiness = outgoing.isEmpty ? .readable : .readableOrWritable
    guard Instant.now < limit, try socket.wait(until: limit, for: readiness) else {
      return timeLimitPassed()
    }
    send(socket)
    receive(socket)
  }

  private mutating func send(_ socket: borrowing ProbeSocket) {
    guard !outgoing.isEmpty else { return }
    switch socket.send(outgoing) {
    case .done(let count): sent(count)
    case .failed(let error): sendingFailed(error)
    case .notReady, .ended: break
    }
  }

  private mutating func receive(_ socket: borrowing ProbeSocket) {
    switch socket.receive() {
    case .done(let bytes): received(bytes)
    case .ended: connectionEnded(.closed)
    case .failed(let error): connectionEnded(.failed(error))
    case .notReady: break
    }
  }
}
