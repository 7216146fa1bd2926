import LoadBalancer
import Testing
import TestSupport

@testable import Probes

/// Servers that misbehave in one way each, and the outcome that tells it apart from the others.
@Suite(.timeLimit(.minutes(5)))
struct HostileServerTests {
  /// For outcomes that are the time limit's.
  private let short = 300
  /// For all others, which must not depend on how busy the machine is.
  private let long = 20_000

  struct Server: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var script: @Sendable (borrowing ServerConnection) -> Void
    var outcome: ProbeOutcome
  }

  @Test("before a status line", arguments: beforeStatus)
  func outcomeBeforeStatus(_ server: Server) async throws {
    let running = try LoopbackServer(script: server.script)
    let limit = if case .timedOut = server.outcome { short } else { long }
    #expect(await outcome(of: running.port, timeLimitMilliseconds: limit) == server.outcome)
  }

  static let beforeStatus: [Server] = [
    Server(
      testDescription: "accepts and says nothing", script: { $0.waitForClient() },
      outcome: .timedOut(.awaitingStatus, bytes: 0)),
    Server(
      testDescription: "stops within the status line",
      script: {
        $0.readRequest()
        $0.send("HTTP/1.1 20")
        $0.waitForClient()
      }, outcome: .timedOut(.awaitingStatus, bytes: 11)),
    Server(
      testDescription: "closes without a byte", script: { $0.readRequest() },
      outcome: .closed(.awaitingStatus, bytes: 0)),
    Server(
      testDescription: "closes within the status line",
      script: {
        $0.readRequest()
        $0.send("HTTP/1.1 200 OK")
      }, outcome: .closed(.awaitingStatus, bytes: 15)),
    Server(
      testDescription: "resets behind the request",
      script: {
        $0.readRequest()
        $0.resetAtEnd()
      }, outcome: .reset(.awaitingStatus, bytes: 0)),
    Server(
      testDescription: "resets within the status line",
      script: {
        $0.readRequest()
        $0.send("HTTP/1.1")
        $0.resetAtEnd()
      }, outcome: .reset(.awaitingStatus, bytes: 8)),
    Server(
      testDescription: "greets as SSH does",
      script: {
        $0.send("SSH-2.0-OpenSSH_9.2\r\nmore of it")
        $0.waitForClient()
      }, outcome: .notHTTP(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8))),
    Server(
      testDescription: "answers with a TLS alert and waits",
      script: {
        $0.send([21, 3, 1, 0, 2, 2, 70])
        $0.waitForClient()
      }, outcome: .notHTTP([21, 3, 1, 0, 2, 2, 70])),
    Server(
      testDescription: "answers as HTTP/0.9 with the page alone",
      script: {
        $0.readRequest()
        $0.send("<html>It works</html>\n")
      }, outcome: .notHTTP(Array("<html>It works</html>\n".utf8))),
    Server(
      testDescription: "sends random-looking bytes without a line end",
      script: {
        $0.send([UInt8](repeating: 0xA5, count: 1000))
        $0.waitForClient()
      }, outcome: .notHTTP([UInt8](repeating: 0xA5, count: 64))),
    Server(
      testDescription: "never ends the status line",
      script: {
        $0.send("HTTP/1.1 200 ")
        while $0.send([UInt8](repeating: 0x41, count: 65536)) {}
      },
      outcome: .notHTTP(
        Array("HTTP/1.1 200 ".utf8) + [UInt8](repeating: 0x41, count: 64 - 13))),
  ]

  @Test("a status line that drips ends by the time limit, with the bytes that came")
  func drippingStatusLine() async throws {
    let server = try LoopbackServer {
      $0.drip("HTTP/1.1 200 A long and friendly word", everyMilliseconds: 40)
    }
    guard case .timedOut(.awaitingStatus, let bytes) = await outcome(of: server.port) else {
      Issue.record("expected a time-out")
      return
    }
    #expect((1...9).contains(bytes))
  }

  @Test("a body that drips ends by the time limit, with the status that came before")
  func drippingBody() async throws {
    let server = try LoopbackServer {
      $0.readRequest()
      $0.send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n")
      $0.drip("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", everyMilliseconds: 40)
    }
    let response = try #require(await outcome(of: server.port).response)
    #expect(response.status == 200)
    #expect(response.bodyEnd == .timeLimit)
    #expect((1...9).contains(response.bodyBytes))
  }

  struct Behaviour: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var method = HTTPCheckMethod.get
    var script: @Sendable (borrowing ServerConnection) -> Void
    var status = 200
    var headEnd = HTTPResponse.HeadEnd.complete
    var fieldCount = 0
    var bodyBytes = 0
    var bodyEnd: HTTPResponse.BodyEnd?
  }

  @Test("behind the status line, which already decides", arguments: behindStatus)
  func outcomeBehindStatus(_ server: Behaviour) async throws {
    let running = try LoopbackServer { connection in
      connection.readRequest()
      server.script(connection)
    }
    let isCut = server.headEnd == .timeLimit || server.bodyEnd == .timeLimit
    let outcome = await outcome(
      of: running.port, server.method, timeLimitMilliseconds: isCut ? short : long)
    let response = try #require(outcome.response)
    #expect(response.status == server.status)
    #expect(response.headEnd == server.headEnd)
    #expect(response.fields.count == server.fieldCount)
    #expect(response.bodyBytes == server.bodyBytes)
    #expect(response.bodyEnd == server.bodyEnd)
  }

  static let behindStatus: [Behaviour] = [
    Behaviour(
      testDescription: "drips the fields",
      script: {
        $0.send("HTTP/1.1 200 OK\r\nDate: now\r\n")
        $0.drip("X-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", everyMilliseconds: 40)
      }, headEnd: .timeLimit, fieldCount: 1),
    Behaviour(
      testDescription: "never ends the head",
      script: {
        $0.send("HTTP/1.1 503 Busy\r\nA: b\r\n")
        $0.waitForClient()
      }, status: 503, headEnd: .timeLimit, fieldCount: 1),
    Behaviour(
      testDescription: "sends a field of 10 MB",
      script: {
        $0.send("HTTP/1.1 200 OK\r\nX-Big: ")
        for _ in 0..<160 where $0.send([UInt8](repeating: 0x41, count: 65536)) {}
      }, headEnd: .oversized),
    Behaviour(
      testDescription: "sends fields for ever",
      script: {
        $0.send("HTTP/1.1 200 OK\r\n")
        while $0.send("A: b\r\n") {}
      }, headEnd: .oversized, fieldCount: 100),
    Behaviour(
      testDescription: "sends NUL in a field",
      script: { $0.send("HTTP/1.1 200 OK\r\nA: b\r\nX: \0\u{1}\r\n\r\n") },
      headEnd: .malformed, fieldCount: 1),
    Behaviour(
      testDescription: "sends a line that is no field",
      script: { $0.send("HTTP/1.1 200 OK\r\nhello there\r\n\r\n") }, headEnd: .malformed),
    Behaviour(
      testDescription: "closes within the head",
      script: { $0.send("HTTP/1.1 404 Not Found\r\nA: b\r\nB:") }, status: 404,
      headEnd: .connectionEnd, fieldCount: 1),
    Behaviour(
      testDescription: "resets within the head",
      script: {
        $0.send("HTTP/1.1 200 OK\r\nA: b\r\n")
        $0.resetAtEnd()
      }, headEnd: .connectionEnd, fieldCount: 1),
    Behaviour(
      testDescription: "redirects",
      script: { $0.send("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n") },
      status: 302, fieldCount: 1, bodyEnd: .complete),
    Behaviour(
      testDescription: "tells to continue, which is final",
      script: { $0.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n") }, status: 100),
    Behaviour(
      testDescription: "cuts the body short",
      script: { $0.send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\nhalf") }, fieldCount: 1,
      bodyBytes: 4, bodyEnd: .connectionEnd),
    Behaviour(
      testDescription: "sends a body without end",
      script: {
        $0.send("HTTP/1.1 200 OK\r\n\r\n")
        while $0.send([UInt8](repeating: 0x41, count: 65536)) {}
      }, bodyBytes: 65536, bodyEnd: .oversized),
    Behaviour(
      testDescription: "keeps the connection open behind a whole body",
      script: {
        $0.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")
        $0.waitForClient()
      }, fieldCount: 1, bodyBytes: 2, bodyEnd: .complete),
    Behaviour(
      testDescription: "sends a body to HEAD", method: .head,
      script: { $0.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") }, fieldCount: 1),
  ]
}
