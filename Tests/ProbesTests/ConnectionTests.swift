import Addressing
import Glibc
import LoadBalancer
import Synchronization
import Testing
import TestSupport

@testable import Probes

/// The way to the first byte: SYN, RST, silence.
@Suite(.timeLimit(.minutes(5)))
struct ConnectionTests {
  @Test(
    "a TCP check connects to a listener, even one that never accepts", arguments: [false, true])
  func connected(isIPv6: Bool) async throws {
    let server = try LoopbackServer(isIPv6: isIPv6, script: nil)
    let exchange = await Prober(tls: nil).exchange(
      request(server.port, nil, isIPv6: isIPv6, timeLimitMilliseconds: 20_000), for: .healthCheck)
    #expect(exchange.outcome == .connected)
    #expect(exchange.timing.connectedMicroseconds != nil)
    #expect(exchange.timing.statusMicroseconds == nil)
  }

  @Test("a TCP check ends with a RST, as CLB's does")
  func endsWithReset() async throws {
    let (sendEnd, ends) = AsyncStream<Int32>.makeStreamPair()
    let listener = try bindToLoopback()
    #expect(listen(listener.descriptor, 1) == 0)
    startThread {
      let descriptor = accept(listener.descriptor, nil, nil)
      var byte: UInt8 = 0
      let count = recv(descriptor, &byte, 1, 0)
      sendEnd.yield(count < 0 ? errno : 0)
      close(descriptor)
      close(listener.descriptor)
    }
    #expect(await outcome(of: listener.port, nil, timeLimitMilliseconds: 20_000) == .connected)
    #expect(await ends.first { _ in true } == ECONNRESET)
  }

  @Test("a closed port refuses", arguments: [false, true])
  func refused(isIPv6: Bool) async throws {
    let (descriptor, port) = try bindToLoopback(isIPv6: isIPv6)
    defer { close(descriptor) }
    for method: HTTPCheckMethod? in [nil, .head] {
      let outcome = await outcome(
        of: port, method, isIPv6: isIPv6, timeLimitMilliseconds: 20_000)
      #expect(outcome == .refused)
    }
  }

  @Test("a full accept queue lets the SYN run into the time limit")
  func fullQueue() async throws {
    let server = try LoopbackServer(queue: 0, script: nil)
    // A queue of length 0 holds one connection; every further SYN meets silence.
    let held = try HeldConnection(to: server.port)
    #expect(await outcome(of: server.port, nil) == .timedOut(.connecting, bytes: 0))
    #expect(await outcome(of: server.port, .head) == .timedOut(.connecting, bytes: 0))
    held.end()
  }

  @Test("an address without a route is a system error with its name")
  func noRoute() async {
    var request = request(80, nil)
    // 240.0.0.0/4 is reserved; Linux has no route to its last address but broadcast, which TCP may not use.
    request.address = .v4(0xFFFF_FFFF)
    let exchange = await Prober(tls: nil).exchange(request, for: .healthCheck)
    guard case .systemError(let text) = exchange.outcome else {
      Issue.record("expected a system error, not \(exchange.outcome)")
      return
    }
    #expect(text.hasPrefix("E"))
    #expect(text.contains(": "))
  }

  @Test("a socket that is connected to itself is a closed port")
  func connectedToItself() throws {
    let (descriptor, port) = try bindToLoopback()
    let socket = ProbeSocket(adopting: descriptor)
    let wasConnected = socket.isConnectedToItself
    // Connecting a bound socket to its own port does on purpose what happens by chance otherwise.
    try socket.beginConnecting(to: .v4(0x7F00_0001), port: port)
    let isReady = try socket.wait(until: .now.advanced(byMilliseconds: 1000), for: .writable)
    let isConnected = socket.isConnectedToItself
    #expect([wasConnected, isReady, isConnected] == [false, true, true])
  }

  @Test("without TLS at hand an https target is not probed, and says so")
  func noTLS() async {
    let exchange = await Prober(tls: nil).exchange(
      request(443, .get, usesTLS: true), for: .healthCheck)
    #expect(exchange.outcome == .systemError("this build of the agent has no TLS"))
  }

  @Test("a time limit of nothing or less ends at once", arguments: [0, -1, Int.min])
  func noTime(milliseconds: Int) async throws {
    let server = try LoopbackServer { $0.waitForClient() }
    var request = request(server.port)
    request.timeLimitMilliseconds = milliseconds
    let exchange = await Prober(tls: nil).exchange(request, for: .healthCheck)
    guard case .timedOut = exchange.outcome else {
      Issue.record("expected a time-out, not \(exchange.outcome)")
      return
    }
  }

  @Test("signals neither end nor stretch a probe")
  func signals() async throws {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in }
    // Without SA_RESTART every blocking call returns EINTR.
    sigaction(SIGUSR2, &action, nil)
    let server = try LoopbackServer { $0.waitForClient() }
    let request = request(server.port)
    let (sendExchange, exchanges) = AsyncStream<ProbeExchange>.makeStreamPair()
    let isDone = Atomic(false)
    let thread = startThread {
      sendExchange.yield(ExchangeRun.perform(request, for: .healthCheck, tls: nil))
      while !isDone.load(ordering: .acquiring) { usleep(100) }
    }
    let signaller = SignalSender(to: thread)
    let exchange = try #require(await exchanges.first { _ in true })
    signaller.stop()
    isDone.store(true, ordering: .releasing)
    #expect(exchange.outcome == .timedOut(.awaitingStatus, bytes: 0))
    #expect((300_000...15_000_000).contains(exchange.timing.totalMicroseconds))
  }

  @Test("many silent servers are probed at the same time")
  func concurrency() async throws {
    let server = try LoopbackServer(queue: 128, script: nil)
    let clock = ContinuousClock()
    let start = clock.now
    let outcomes = await withTaskGroup(of: ProbeOutcome.self) { group in
      for _ in 0..<64 { group.addTask { await outcome(of: server.port) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes == Array(repeating: .timedOut(.awaitingStatus, bytes: 0), count: 64))
    // One after another they would take 64 time limits, some 25 seconds; beside other tests, all are slow.
    #expect(clock.now - start < .seconds(20))
  }
}
