import Addressing
import LoadBalancer
import Probes
import TLSProbe
import Testing
import TestSupport

/// Probes over TLS against servers on loopback, most of them another TLS library.
@Suite(
  .timeLimit(.minutes(5)), .enabled(if: OpenSSLServer.path != nil, "needs the openssl command"))
struct TLSProbeTests {
  private let identity: SelfSignedIdentity
  private let prober: Prober

  init() throws {
    identity = try SelfSignedIdentity()
    prober = Prober(tls: try NIOSSLSessionFactory())
  }

  private func exchange(
    _ port: UInt16, _ method: HTTPCheckMethod? = .get, host: String = "shop.example",
    usesTLS: Bool = true, timeLimitMilliseconds: Int = 20_000
  ) async -> ProbeExchange {
    let request = ProbeRequest(
      address: .v4(0x7F00_0001), port: port, usesTLS: usesTLS,
      http: method.map { .init(method: $0, version: .http11, host: host, path: "/") },
      timeLimitMilliseconds: timeLimitMilliseconds)
    return await prober.exchange(request, for: .healthCheck)
  }

  private func target(
    _ transport: TargetProtocol, _ port: UInt16, _ method: HTTPCheckMethod, timeOut: Int = 20
  ) -> Target {
    var check = HealthCheck()
    check.httpCheckMethod = method
    check.timeOut = timeOut
    return Target(transport: transport, address: .v4(0x7F00_0001), port: port, healthCheck: check)
  }

  @Test(
    "answers come through every version of TLS, certificate unverified",
    arguments: [
      ["-tls1_3"], ["-tls1_2"], ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"],
      ["-tls1", "-cipher", "DEFAULT@SECLEVEL=0"],
    ])
  func versions(_ options: [String]) async throws {
    let server = try OpenSSLServer(options, identity: identity)
    let exchange = await exchange(server.port)
    guard case .response(let response) = exchange.outcome else {
      Issue.record("expected a response, not \(exchange.outcome)")
      return
    }
    #expect(response.statusLine == "HTTP/1.0 200 ok")
    #expect(response.bodyEnd == .complete)
    #expect(response.bodyBytes > 100)
    #expect(exchange.speaksTLS)
    let times = [
      0, exchange.timing.connectedMicroseconds ?? -1, exchange.timing.tlsMicroseconds ?? -1,
      exchange.timing.statusMicroseconds ?? -1, exchange.timing.totalMicroseconds,
    ]
    #expect(times == times.sorted())
  }

  @Test("a handshake alone is a connection")
  func handshakeOnly() async throws {
    let server = try OpenSSLServer(identity: identity)
    let exchange = await exchange(server.port, nil)
    #expect(exchange.outcome == .connected)
    #expect(exchange.timing.tlsMicroseconds != nil)
  }

  @Test("a gRPC call offers HTTP/2, and the server's choice is told", arguments: [true, false])
  func negotiation(_ isOffered: Bool) async throws {
    let server = try OpenSSLServer(isOffered ? ["-alpn", "h2"] : [], identity: identity)
    let request = ProbeRequest(
      address: .v4(0x7F00_0001), port: server.port, usesTLS: true,
      question: .grpc(.init(authority: "shop.example", path: "/")), timeLimitMilliseconds: 1000)
    let exchange = await prober.exchange(request, for: .healthCheck)
    #expect(exchange.negotiatedProtocol == (isOffered ? "h2" : nil))
    #expect(exchange.timing.tlsMicroseconds != nil)
    let plain = await self.exchange(server.port)
    #expect(plain.negotiatedProtocol == nil)
  }

  @Test("a server that ignores HEAD is asked by GET")
  func headIgnored() async throws {
    let server = try OpenSSLServer(identity: identity)
    let report = await prober.probe(target(.https, server.port, .head, timeOut: 1))
    let silence = ProbeOutcome.timedOut(.awaitingStatus, bytes: 0)
    #expect(report.exchanges.map(\.purpose) == [.healthCheck, .getInsteadOfHead, .patientRepeat])
    #expect(report.healthCheck?.outcome == silence)
    #expect(report.exchanges.last?.outcome == silence)
    guard case .response(let response) = report.exchanges.dropFirst().first?.outcome else {
      Issue.record("expected a response")
      return
    }
    #expect(response.status == 200)
  }

  @Test("a TLS server asked for plain HTTP is found out")
  func tlsAskedAsPlain() async throws {
    let server = try OpenSSLServer(identity: identity)
    let report = await prober.probe(target(.http, server.port, .get))
    #expect(report.exchanges.map(\.purpose) == [.healthCheck, .tlsInsteadOfPlain])
    let tls = try #require(report.exchanges.last)
    #expect(tls.speaksTLS)
    #expect(tls.timing.tlsMicroseconds != nil)
    guard case .response(let response) = tls.outcome else {
      Issue.record("expected a response, not \(tls.outcome)")
      return
    }
    #expect(response.status == 200)
  }

  @Test("a plain server asked for TLS is found out")
  func plainAskedAsTLS() async throws {
    let server = try LoopbackServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    }
    // The ClientHello holds no empty line, so the server waits for more; with one in sight it answers.
    let silent = await exchange(server.port, timeLimitMilliseconds: 300)
    #expect(silent.outcome == .timedOut(.tlsHandshake, bytes: 0))
    #expect(!silent.speaksTLS)

    let hasty = try LoopbackServer { connection in
      connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
      connection.waitForClient()
    }
    let report = await prober.probe(target(.https, hasty.port, .get))
    #expect(report.exchanges.map(\.purpose) == [.healthCheck, .plainInsteadOfTLS])
    #expect(
      report.healthCheck?.outcome
        == .tlsFailed("the server's answer is not TLS (WRONG_VERSION_NUMBER)"))
    guard case .response(let response) = report.exchanges.last?.outcome else {
      Issue.record("expected a response")
      return
    }
    #expect(response.status == 400)
  }

  struct Stall: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var script: @Sendable (borrowing ServerConnection) -> Void
    var outcome: ProbeOutcome
    var speaksTLS = false
  }

  @Test(
    "a handshake that does not end well tells how",
    arguments: [
      Stall(
        testDescription: "says nothing", script: { $0.waitForClient() },
        outcome: .timedOut(.tlsHandshake, bytes: 0)),
      Stall(
        testDescription: "stops within its first record",
        script: {
          $0.send([22, 3, 3, 0, 100, 2])
          $0.waitForClient()
        }, outcome: .timedOut(.tlsHandshake, bytes: 6), speaksTLS: true),
      Stall(
        testDescription: "stops within its first record and closes",
        script: {
          $0.readRecord()
          $0.send([22, 3, 3, 0, 100, 2])
        }, outcome: .closed(.tlsHandshake, bytes: 6), speaksTLS: true),
      Stall(
        testDescription: "resets",
        script: {
          $0.skip(1)
          $0.resetAtEnd()
        }, outcome: .reset(.tlsHandshake, bytes: 0)),
    ])
  func stalls(_ c: Stall) async throws {
    let server = try LoopbackServer(script: c.script)
    let exchange = await exchange(server.port, timeLimitMilliseconds: 500)
    #expect(exchange.outcome == c.outcome)
    #expect(exchange.speaksTLS == c.speaksTLS)
    #expect(exchange.timing.tlsMicroseconds == nil)
  }

  struct Refusal: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var options: [String]
    var host = "shop.example"
    var reason: String
  }

  @Test(
    "a refused handshake says why",
    arguments: [
      Refusal(
        testDescription: "client certificate wanted, TLS 1.3",
        options: ["-tls1_3", "-Verify", "1", "-verify_return_error"],
        reason: "the server wants a client certificate, and a health check has none"),
      Refusal(
        testDescription: "client certificate wanted, TLS 1.2",
        options: ["-tls1_2", "-Verify", "1", "-verify_return_error"],
        reason: "or the server wants a client certificate"),
      Refusal(
        testDescription: "no cipher in common",
        options: ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-CCM"],
        reason: "client and server have no cipher in common"),
    ])
  func refusals(_ c: Refusal) async throws {
    let server = try OpenSSLServer(c.options, identity: identity)
    let exchange = await exchange(server.port, host: c.host)
    guard case .tlsFailed(let reason) = exchange.outcome else {
      Issue.record("expected a failed handshake, not \(exchange.outcome)")
      return
    }
    #expect(reason.contains(c.reason))
    #expect(exchange.speaksTLS)
  }

  @Test("the check domain is sent as SNI, an address is not")
  func serverName() async throws {
    let options = [
      "-servername", "shop.example", "-servername_fatal", "-cert2", identity.certificatePath,
      "-key2",
      identity.keyPath,
    ]
    let server = try OpenSSLServer(options, identity: identity)
    for host in ["shop.example", "127.0.0.1:443", "[::1]"] {
      guard case .response = await exchange(server.port, host: host).outcome else {
        Issue.record("expected a response for \(host)")
        continue
      }
    }
    #expect(
      await exchange(server.port, host: "other.example").outcome
        == .tlsFailed(
          "the server has no certificate for the name it was asked for (SNI): the check domain, "
            + "if one is set (TLSV1_ALERT_UNRECOGNIZED_NAME)"))
  }

  @Test("bytes that come one by one make the same session")
  func oneByOne() throws {
    let server = try OpenSSLServer(identity: identity)
    let connection = try ClientConnection(to: server.port)
    let session = try NIOSSLSessionFactory().makeSession(serverName: nil, applicationProtocols: [])
    connection.send(session.takeCiphertext())
    while !session.isHandshakeComplete, let byte = connection.receiveByte() {
      #expect(session.takePlaintext().isEmpty)
      try session.receive(ciphertext: [byte])
      connection.send(session.takeCiphertext())
    }
    try #require(session.isHandshakeComplete)
    try session.send(plaintext: Array("GET / HTTP/1.0\r\n\r\n".utf8))
    connection.send(session.takeCiphertext())
    var text: [UInt8] = []
    while !session.isClosedByPeer, let byte = connection.receiveByte() {
      try session.receive(ciphertext: [byte])
      text += session.takePlaintext()
    }
    #expect(session.isClosedByPeer)
    let page = String(decoding: text, as: UTF8.self).lowercased()
    #expect(page.hasPrefix("http/1.0 200 ok\r\n"))
    #expect(page.contains("</html>"))
  }

  @Test("random answers to a ClientHello never trap")
  func randomBytes() async throws {
    for seed in 1...50 as ClosedRange<UInt64> {
      let server = try LoopbackServer { connection in
        var word = seed
        let bytes = (0..<500).map { _ in
          word = word &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return UInt8(truncatingIfNeeded: word >> 33)
        }
        connection.send([22, 3, 3, 1, 0] + bytes)
      }
      switch await exchange(server.port).outcome {
      case .tlsFailed, .closed(.tlsHandshake, _), .reset(.tlsHandshake, _): break
      case let other: Issue.record("unexpected \(other)")
      }
    }
  }

  @Test("sessions are made on many threads at once")
  func concurrency() async throws {
    let server = try LoopbackServer(queue: 64, script: nil)
    let outcomes = await withTaskGroup(of: ProbeOutcome.self) { group in
      for _ in 0..<16 {
        group.addTask { await exchange(server.port, timeLimitMilliseconds: 300).outcome }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes == Array(repeating: .timedOut(.tlsHandshake, bytes: 0), count: 16))
  }
}
