import Addressing
import Glibc
import LoadBalancer
import Testing
import TestSupport

@testable import Probes

/// Datagrams and pings against loopback.
@Suite(.timeLimit(.minutes(5)))
struct DatagramTests {
  private func exchange(
    _ port: UInt16, send: String = "PING", expect: String = "PONG", milliseconds: Int = 300
  ) async -> ProbeExchange {
    let request = ProbeRequest(
      address: .v4(0x7F00_0001), port: port,
      question: .datagram(.init(send: Array(send.utf8), expected: Array(expect.utf8))),
      timeLimitMilliseconds: milliseconds)
    return await Prober(tls: nil).exchange(request, for: .healthCheck)
  }

  @Test(
    "an answer is held against what is expected",
    arguments: [
      ("PONG", ProbeReply.Match.equal), ("PONG and more", .begins), ("+PONG", .contains),
      ("PON", .differs), ("", .differs),
    ])
  func answered(answer: String, match: ProbeReply.Match) async throws {
    let server = try LoopbackDatagramServer { $0 == Array("PING".utf8) ? [Array(answer.utf8)] : [] }
    let exchange = await exchange(server.port, milliseconds: 20_000)
    let reply = ProbeReply(
      bytes: Array(answer.utf8), count: answer.utf8.count, match: match)
    #expect(exchange.outcome == .replied(reply))
    #expect(exchange.timing.statusMicroseconds != nil)
    #expect(exchange.timing.connectedMicroseconds == nil)
    #expect(exchange.isAnswered)
  }

  @Test("a large answer is counted whole, and kept in part")
  func large() async throws {
    let server = try LoopbackDatagramServer { _ in [[UInt8](repeating: 7, count: 60_000)] }
    let exchange = await exchange(server.port, expect: "", milliseconds: 20_000)
    #expect(
      exchange.outcome
        == .replied(
          ProbeReply(bytes: [UInt8](repeating: 7, count: 512), count: 60_000, match: .anything)))
  }

  @Test("silence lasts as long as it may, and is told as such")
  func silent() async throws {
    let server = try LoopbackDatagramServer { _ in [] }
    let exchange = await exchange(server.port)
    #expect(exchange.outcome == .timedOut(.awaitingReply, bytes: 0))
    #expect(exchange.timing.totalMicroseconds >= 300_000)
    #expect(!exchange.isAnswered)
  }

  @Test("port-unreachable is a refusal, and comes at once")
  func closed() async throws {
    let (descriptor, port) = try bindToLoopback(kind: SOCK_DGRAM)
    close(descriptor)
    let exchange = await exchange(port, milliseconds: 60_000)
    #expect(exchange.outcome == .refused)
    #expect(exchange.timing.totalMicroseconds < 30_000_000)
  }

  @Test("a UDP target is pinged, and its port is tried beside that")
  func pinged() async throws {
    let server = try LoopbackDatagramServer { $0 == Array("HEALTH CHECK".utf8) ? [[1]] : [] }
    let report = await Prober(tls: nil).probe(target(.udp, server.port))
    #expect(report.exchanges.map(\.purpose) == [.healthCheck, .portBesidePing])
    #expect(
      report.exchanges.last?.outcome
        == .replied(ProbeReply(bytes: [1], count: 1, match: .anything)))
    switch report.healthCheck?.outcome {
    case .echoReply: #expect(report.healthCheck?.timing.statusMicroseconds != nil)
    // Where net.ipv4.ping_group_range does not let this user ping.
    case .systemError(let error): #expect(error.hasPrefix("EACCES"))
    default: Issue.record("\(String(describing: report.healthCheck?.outcome))")
    }
  }

  @Test("a reply is one by its type, its number and its text")
  func reply() {
    let request = EchoRequest(to: .ipv4)
    let answer = [0] + request.bytes.dropFirst()
    #expect(request.isAnswered(by: [0, 0, 0x12, 0x34, 0x56, 0x78] + answer.dropFirst(6)))
    #expect(!request.isAnswered(by: request.bytes))
    #expect(!request.isAnswered(by: Array(answer.dropLast())))
    #expect(!request.isAnswered(by: []))
    #expect(EchoRequest(to: .ipv6).isAnswered(by: [129] + EchoRequest(to: .ipv6).bytes.dropFirst()))
  }
}
