import Glibc
import Probes
import Testing
import TestSupport

@testable import Delivery

/// What becomes of reports before receivers that misbehave; each ends well within its time.
@Suite("A receiver that", .timeLimit(.minutes(2)))
struct HTTPFaultTests {
  private static let limit = 600

  private func exporter(
    _ port: UInt16, milliseconds: Int = limit, headers: [HTTPEndpoint.Header] = [],
    scheme: String = "http", host: String = "127.0.0.1"
  ) throws -> any Exporter {
    let url = try #require(ReceiverURL(parsing: "\(scheme)://\(host):\(port)"))
    let endpoint = HTTPEndpoint(url: url, headers: headers, timeLimitMilliseconds: milliseconds)
    let receiver = Receiver(
      name: "central", kind: .otlp(OTLPReceiver(endpoint: endpoint, signals: [.logs])))
    return try #require(Exporters.make(for: receiver, in: .test()).first)
  }

  /// The outcome, and how many milliseconds it took.
  private func send(
    _ exporter: any Exporter, _ reports: [ShippedReport] = [SampleReport.failing()]
  ) -> (outcome: DeliveryOutcome, milliseconds: Int) {
    let start = Instant.now
    let outcome = exporter.send(reports, status: SpoolStatus())
    return (outcome, Instant.now.microseconds(since: start) / 1000)
  }

  private func expectPostponed(
    _ reason: String, _ result: (outcome: DeliveryOutcome, milliseconds: Int),
    atMost milliseconds: Int = limit + 400, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard case .postponed(let found, nil) = result.outcome, found.contains(reason) else {
      Issue.record("\(result.outcome)", sourceLocation: sourceLocation)
      return
    }
    #expect(result.milliseconds <= milliseconds, sourceLocation: sourceLocation)
  }

  @Test("refuses connections")
  func refuses() throws {
    let (descriptor, port) = try bindToLoopback()
    defer { close(descriptor) }
    expectPostponed("127.0.0.1:\(port): refused", send(try exporter(port)), atMost: 400)
  }

  @Test("refuses on one address and answers on the next")
  func secondAddress() throws {
    let server = try LoopbackServer(isIPv6: true) { connection in
      connection.readRequestWithBody()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    }
    let result = send(try exporter(server.port, host: "localhost"))
    #expect(result.outcome == .delivered(warning: nil))
  }

  @Test("never answers, with or without reading")
  func hangs() throws {
    let deaf = try LoopbackServer(script: nil)
    expectPostponed("while waiting for the answer", send(try exporter(deaf.port)))
    let mute = try LoopbackServer { connection in
      connection.readRequestWithBody()
      connection.waitForClient()
    }
    expectPostponed("while waiting for the answer", send(try exporter(mute.port)))
  }

  @Test("never reads a body larger than all buffers")
  func neverReads() throws {
    let server = try LoopbackServer(script: nil)
    var receiver = try #require(ReceiverURL(parsing: "http://127.0.0.1:\(server.port)"))
    receiver.path = "/hook"
    let hook = Receiver(
      name: "hook", kind: .webhook(HTTPEndpoint(url: receiver, timeLimitMilliseconds: Self.limit)))
    let exporter = try #require(Exporters.make(for: hook, in: .test()).first)
    var report = SampleReport.failing()
    report.document = [UInt8](repeating: 0x20, count: 32 << 20)
    expectPostponed("while the request was sent", send(exporter, [report]), atMost: 3000)
  }

  @Test("drips the head")
  func dripsHead() throws {
    let server = try LoopbackServer { connection in
      connection.readRequestWithBody()
      connection.drip(
        "HTTP/1.1 200 OK\r\nX: " + String(repeating: "y", count: 400), everyMilliseconds: 20)
    }
    expectPostponed("head is not whole within the time limit", send(try exporter(server.port)))
  }

  @Test("drips the status line")
  func dripsStatus() throws {
    let server = try LoopbackServer { connection in
      connection.readRequestWithBody()
      connection.drip("HTTP/1.1 200 OK\r\n", everyMilliseconds: 100)
    }
    expectPostponed("while waiting for the answer", send(try exporter(server.port)))
  }

  @Test("drips the body of a 200: it has the reports")
  func dripsBody() throws {
    let server = try LoopbackServer { connection in
      connection.readRequestWithBody()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
      connection.drip(String(repeating: "y", count: 1000), everyMilliseconds: 20)
    }
    let result = send(try exporter(server.port))
    #expect(
      result.outcome == .delivered(warning: "the answer's body is not whole within the time limit"))
    #expect(result.milliseconds <= Self.limit + 400)
  }

  @Test("sends a body without end")
  func endlessBody() throws {
    let server = try LoopbackServer { connection in
      connection.readRequestWithBody()
      connection.send("HTTP/1.1 200 OK\r\n\r\n")
      while connection.send([UInt8](repeating: 0x78, count: 4096)) {}
    }
    let result = send(try exporter(server.port, milliseconds: 5000))
    #expect(result.outcome == .delivered(warning: "the answer's body is too long"))
    #expect(result.milliseconds < 2000)
  }

  @Test("closes without an answer")
  func closes() throws {
    let server = try LoopbackServer { connection in connection.readRequestWithBody() }
    expectPostponed(
      "closed the connection without an answer, while waiting for the answer; does it want https?",
      send(try exporter(server.port)))
  }

  @Test("ends its side and goes on listening")
  func halfCloses() throws {
    let server = try LoopbackServer { connection in
      connection.readRequest()
      connection.endOutput()
      connection.waitForClient()
    }
    expectPostponed("closed the connection without an answer", send(try exporter(server.port)))
  }

  @Test("answers, ends its side, and listens on: the answer counts")
  func answersAndHalfCloses() throws {
    let server = try LoopbackServer { connection in
      connection.readRequestWithBody()
      connection.send("HTTP/1.1 200 OK\r\n\r\n{}")
      connection.endOutput()
      connection.waitForClient()
    }
    let result = send(try exporter(server.port))
    #expect(result.milliseconds < Self.limit)
    guard case .delivered = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
  }

  @Test("resets the connection, before and behind the request")
  func resets() throws {
    for readsFirst in [false, true] {
      let server = try LoopbackServer { connection in
        if readsFirst { connection.readRequestWithBody() } else { connection.readRequest() }
        connection.resetAtEnd()
      }
      expectPostponed("reset the connection", send(try exporter(server.port)))
    }
  }

  @Test("cuts its answer off")
  func truncates() throws {
    let server = try LoopbackServer { connection in
      connection.readRequestWithBody()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    }
    #expect(
      send(try exporter(server.port)).outcome
        == .delivered(warning: "the answer's body is cut off by the connection's end"))
    let early = try LoopbackServer { connection in
      connection.readRequestWithBody()
      connection.send("HTTP/1.1 200 OK\r\nContent-Le")
    }
    expectPostponed("head is cut off", send(try exporter(early.port)))
  }

  @Test("answers something else than HTTP")
  func foreign() throws {
    let server = try LoopbackServer { connection in
      connection.send("220 mail.example ESMTP\u{1b}[31m\r\n")
      connection.waitForClient()
    }
    expectPostponed(
      "the answer is not HTTP: 220 mail.example ESMTP\\u{1b}[31m", send(try exporter(server.port)))
  }

  @Test("answers 413 to a long body before its end, and closes")
  func answersEarly() throws {
    let server = try LoopbackServer { connection in
      connection.readRequest()
      connection.send(
        "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
      connection.endOutput()
      connection.waitForClient()
    }
    let url = try #require(ReceiverURL(parsing: "http://127.0.0.1:\(server.port)"))
    let hook = Receiver(name: "hook", kind: .webhook(HTTPEndpoint(url: url)))
    let exporter = try #require(Exporters.make(for: hook, in: .test()).first)
    var report = SampleReport.failing()
    report.document = [UInt8](repeating: 0x20, count: 8 << 20)
    let result = send(exporter, [report])
    #expect(result.outcome == .refused(reason: "the receiver answered 413 Content Too Large"))
    #expect(result.milliseconds < 5000)
  }

  @Test("sends interim responses first")
  func interim() throws {
    let server = try LoopbackServer { connection in
      connection.readRequestWithBody()
      connection.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
      connection.send("HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nTransfer-Encoding: chunked\r\n\r\n")
      connection.send("4\r\nbusy\r\n0\r\n\r\n")
    }
    #expect(
      send(try exporter(server.port)).outcome
        == .postponed(reason: "the receiver answered 503 Busy: busy", afterSeconds: 7))
  }

  @Test("sends interim responses without end")
  func endlessInterim() throws {
    let server = try LoopbackServer { connection in
      connection.readRequestWithBody()
      while connection.send("HTTP/1.1 100 Continue\r\n\r\n") {}
    }
    let result = send(try exporter(server.port, milliseconds: 5000))
    #expect(result.milliseconds < 2000)
    guard case .postponed = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
  }

  @Test("answers with random bytes never traps the agent")
  func randomAnswers() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      let server = try LoopbackServer { connection in
        var generator = SeededGenerator(seed: seed)
        connection.readRequestWithBody()
        if seed % 2 == 0 { connection.send("HTTP/1.1 200 OK\r\n") }
        connection.send((0..<400).map { _ in UInt8.random(in: 0...255, using: &generator) })
      }
      #expect(send(try exporter(server.port)).milliseconds <= Self.limit + 400)
    }
  }

  @Test("redirects gets neither the reports nor the token again")
  func redirects() throws {
    let thief = try LoopbackServer { connection in connection.readRequest() }
    let port = thief.port
    let server = try LoopbackServer { connection in
      connection.readRequestWithBody()
      connection.send(
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:\(port)/\r\nContent-Length: 0\r\n\r\n"
      )
    }
    let result = send(try exporter(server.port))
    #expect(
      result.outcome
        == .misconfigured(
          key: "url",
          reason: "the receiver answered 307 Temporary Redirect; redirects are not followed"))
    #expect(thief.receivedRequests.isEmpty)
  }
}
