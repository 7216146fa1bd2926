package import Addressing

/// One POST over a connection of its own, on the calling thread, which it blocks.
///
/// The answer is read while the request is written: a server that refuses a long body may answer, and close,
/// before it has seen the end of it. No redirect is followed, and no proxy of the environment is used.
package struct PostExchange: Sendable, Hashable {
  /// A whole or partial response, or how there came to be none.
  package var outcome: ProbeOutcome
  /// The answer's body without the framing of chunks, as far as it was read: at most 64 KiB.
  package var body: [UInt8]
  /// Why TLS failed, where it did.
  package var tlsFailure: TLSFailure?

  /// Whether nothing of the request can have reached the server.
  package var isUnsent: Bool {
    switch outcome {
    case .refused, .timedOut(.connecting, _), .reset(.connecting, _), .systemError: true
    default: false
    }
  }

  /// Makes the exchange.
  ///
  /// - Parameters:
  ///   - request: the whole of it, head and body.
  ///   - tls: a fresh session, or `nil` for a plain connection.
  ///   - connectLimit: when connecting is given up.
  ///   - limit: when all is given up, also an answer that drips.
  package static func perform(
    _ request: [UInt8], with address: IPAddress, port: UInt16, tls: (any TLSClientSession)?,
    connectLimit: Instant, limit: Instant
  ) -> PostExchange {
    var machine = ExchangeMachine(HTTPConversation(post: request), tls: tls)
    do {
      let socket = try ProbeSocket(for: address)
      if try socket.connect(to: address, port: port, until: min(connectLimit, limit)) {
        machine.connected()
      } else {
        machine.timeLimitPassed()
      }
      while machine.outcome == nil { try machine.step(socket, until: limit) }
      // An alert may be left that tells the server's log why; whether it goes out changes nothing.
      if machine.tlsFailure != nil { _ = socket.send(machine.outgoing) }
    } catch {
      machine.connectionEnded(.failed(error))
    }
    return PostExchange(machine)
  }

  private init(_ machine: ExchangeMachine) {
    outcome = machine.outcome ?? .systemError("the exchange ended without an outcome")
    body = (machine.conversation as? HTTPConversation)?.body ?? []
    tlsFailure = machine.tlsFailure
  }
}
