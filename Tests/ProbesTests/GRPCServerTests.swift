import Addressing
import LoadBalancer
import Testing
import TestSupport

@testable import Probes

/// gRPC exchanges with servers on loopback that speak something else, or nothing.
@Suite(.timeLimit(.minutes(5)))
struct GRPCServerTests {
  private func exchange(
    milliseconds: Int = 20_000, script: @escaping @Sendable (borrowing ServerConnection) -> Void
  ) async throws -> ProbeExchange {
    let server = try LoopbackServer(script: script)
    let request = ProbeRequest(
      address: .v4(0x7F00_0001), port: server.port,
      question: .grpc(.init(authority: "shop.example", path: "/")),
      timeLimitMilliseconds: milliseconds)
    return await Prober(tls: nil).exchange(request, for: .healthCheck)
  }

  @Test("a server of HTTP/1 is known by its first bytes")
  func http1() async throws {
    let text = "HTTP/1.1 400 Bad Request\r\n\r\n"
    let exchange = try await exchange {
      $0.send(text)
      $0.waitForClient()
    }
    #expect(exchange.outcome == .notHTTP2(Array(text.utf8)))
  }

  @Test("a TLS alert tells that the port speaks TLS")
  func alert() async throws {
    let exchange = try await exchange { $0.send([21, 3, 3, 0, 2, 2, 40]) }
    #expect(exchange.outcome == .notHTTP2([21, 3, 3, 0, 2, 2, 40]))
    #expect(exchange.speaksTLS)
  }

  @Test("silence, and silence behind SETTINGS, run into the limit")
  func silence() async throws {
    let mute = try await exchange(milliseconds: 200) { $0.waitForClient() }
    #expect(mute.outcome == .timedOut(.awaitingReply, bytes: 0))
    let settings = try await exchange(milliseconds: 200) {
      $0.send([0, 0, 0, 4, 0, 0, 0, 0, 0])
      $0.waitForClient()
    }
    #expect(settings.outcome == .timedOut(.awaitingReply, bytes: 9))
  }

  @Test("an end and a reset are told apart, before and behind SETTINGS")
  func ends() async throws {
    #expect(try await exchange { $0.skip(120) }.outcome.isEnd)
    let reset = try await exchange {
      $0.send([0, 0, 0, 4, 0, 0, 0, 0, 0])
      $0.skip(24)
      $0.resetAtEnd()
    }
    #expect(reset.outcome.isEnd)
  }

  @Test("settings without end are given up")
  func settings() async throws {
    let exchange = try await exchange {
      while $0.send([0, 0, 0, 4, 0, 0, 0, 0, 0]) {}
    }
    #expect(exchange.outcome == .http2Failed("the server sent 1000 frames and no answer"))
  }
}

extension ProbeOutcome {
  /// Whether the connection ended before an answer.
  fileprivate var isEnd: Bool {
    switch self {
    case .closed(.awaitingReply, _), .reset(.awaitingReply, _): true
    default: false
    }
  }
}
