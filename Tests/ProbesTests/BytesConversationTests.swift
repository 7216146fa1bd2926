import Addressing
import LoadBalancer
import Testing
import TestSupport

@testable import Probes

/// CUSTOM checks over TCP.
@Suite(.timeLimit(.minutes(5)))
struct BytesConversationTests {
  private func exchange(
    _ server: LoopbackServer, send: String = "PING\r\n\r\n", expect: String = "PONG",
    milliseconds: Int = 20_000
  ) async -> ProbeExchange {
    let request = ProbeRequest(
      address: .v4(0x7F00_0001), port: server.port,
      question: .bytes(.init(send: Array(send.utf8), expected: Array(expect.utf8))),
      timeLimitMilliseconds: milliseconds)
    return await Prober(tls: nil).exchange(request, for: .healthCheck)
  }

  private func match(_ exchange: ProbeExchange) -> ProbeReply.Match? {
    guard case .replied(let reply) = exchange.outcome else { return nil }
    return reply.match
  }

  @Test(
    "an answer is held against what is expected, however it is cut",
    arguments: [
      ("PONG", ProbeReply.Match.equal), ("+PONG\r\n", .contains), ("ERR", .differs),
      ("PO", .differs),
    ])
  func answered(answer: String, expected: ProbeReply.Match) async throws {
    let server = try LoopbackServer {
      $0.readRequest()
      $0.drip(answer, everyMilliseconds: 5)
    }
    #expect(match(await exchange(server)) == expected)
  }

  @Test("an answer that begins as expected is not waited for any longer")
  func begins() async throws {
    let server = try LoopbackServer {
      $0.readRequest()
      $0.send("PONG and more")
      $0.waitForClient()
    }
    #expect(match(await exchange(server)) == .begins)
  }

  @Test("what differs is waited for as long as it may come, for what is expected may follow")
  func follows() async throws {
    let server = try LoopbackServer {
      $0.readRequest()
      $0.send("banner ")
      $0.drip("PONG", everyMilliseconds: 30)
      $0.waitForClient()
    }
    #expect(match(await exchange(server, milliseconds: 800)) == .contains)
  }

  @Test("a part of what is expected, and then silence, is late")
  func drips() async throws {
    let server = try LoopbackServer {
      $0.readRequest()
      $0.send("PO")
      $0.waitForClient()
    }
    #expect(
      await exchange(server, milliseconds: 200).outcome == .timedOut(.awaitingReply, bytes: 2))
  }

  @Test("a server may speak first, and nothing is sent to it")
  func greeting() async throws {
    let server = try LoopbackServer { $0.send("SSH-2.0-x\r\n") }
    #expect(match(await exchange(server, send: "", expect: "SSH-2.0-")) == .begins)
  }

  @Test("silence, an end and a reset are told apart")
  func ends() async throws {
    let silent = try LoopbackServer { $0.waitForClient() }
    #expect(
      await exchange(silent, milliseconds: 200).outcome == .timedOut(.awaitingReply, bytes: 0))
    let closing = try LoopbackServer { $0.readRequest() }
    #expect(await exchange(closing).outcome == .closed(.awaitingReply, bytes: 0))
    let resetting = try LoopbackServer {
      $0.readRequest()
      $0.resetAtEnd()
    }
    #expect(await exchange(resetting).outcome == .reset(.awaitingReply, bytes: 0))
  }

  @Test("a flood is read to its limit")
  func flood() async throws {
    let server = try LoopbackServer {
      let block = [UInt8](repeating: 65, count: 4096)
      while $0.send(block) {}
    }
    guard case .replied(let reply) = await exchange(server, send: "").outcome else {
      Issue.record("expected a reply")
      return
    }
    #expect(reply.count == 64 * 1024)
    #expect(reply.match == .differs)
  }
}
