import Addressing
import Host
import Testing

@testable import Collectors

@Suite("sock_diag")
struct SockDiagTests {
  @Test("is asked for listening sockets in the kernel's own form")
  func request() {
    let request = SockDiag.listening(.tcp6)
    #expect(request.family == 4 && request.type == 20 && request.flags == 0x300)
    // AF_INET6, IPPROTO_TCP, no extensions, padding; the states as bits: 1 << TCP_LISTEN.
    #expect(Array(request.payload.prefix(8)) == [10, 6, 0, 0, 0x00, 0x04, 0, 0])
    #expect(request.payload.count == 56)
  }

  @Test("is given a filter of peers that the kernel runs itself")
  func filter() throws {
    let prefix = try #require(AddressPrefix(parsing: "100.64.0.0/10"))
    let request = SockDiag.request(.tcp, states: 2, peers: prefix, question: "q")
    let expected: [UInt8] = [
      20 + 0, 0, 1, 0,  // struct nlattr: 20 bytes, INET_DIAG_REQ_BYTECODE
      8, 16, 20, 0,  // INET_DIAG_BC_D_COND, go on behind it, or past the end to reject
      2, 10, 0, 0,  // AF_INET, 10 bits of prefix
      0xFF, 0xFF, 0xFF, 0xFF,  // any port
      100, 64, 0, 0,
    ]
    #expect(Array(request.payload.dropFirst(56)) == expected)
  }

  /// What the kernel answered on the captured host.
  private func answers(_ question: String) throws -> [NetlinkMessage] {
    let bytes = try CapturedHost.debian12.bytes("/web-1.capture")
    let door = ReplayingDoor(try CaptureContents(parsing: bytes).entries)
    let request = NetlinkRequest(family: 4, type: 20, flags: 0, payload: [], question: question)
    return try #require(door.ask(request).value)
  }

  @Test("tells an IPv6 socket that takes IPv4 from one that does not")
  func ipv6Only() throws {
    let sockets = try answers("sock_diag(7) of listening tcp6 sockets")
      .map { message in try DiagnosedSocket(parsing: message) }
    let flags = Dictionary(uniqueKeysWithValues: sockets.map { ($0.localPort, $0.isIPv6Only) })
    #expect(flags == [8080: true, 8443: false])
    #expect(sockets.allSatisfy { $0.sendQueue == 511 && $0.state == 10 && $0.deviceIndex == 0 })
  }

  @Test("cut anywhere or random is refused or read, and never traps")
  func hostile() throws {
    let real = try #require(answers("sock_diag(7) of listening tcp6 sockets").first).payload
    for length in 0..<real.count {
      _ = try? DiagnosedSocket(
        parsing: NetlinkMessage(type: 20, payload: Array(real.prefix(length))))
    }
    #expect(throws: ParseFailure.self) {
      try DiagnosedSocket(parsing: NetlinkMessage(type: 20, payload: Array(real.prefix(71))))
    }
    var hostile = HostileText("", seed: 3)
    hostile.feed { bytes in
      _ = try DiagnosedSocket(parsing: NetlinkMessage(type: 20, payload: [10] + bytes))
      _ = try NetlinkAttributes(parsing: bytes[...])
      _ = try NetworkInterface(parsingLink: bytes)
      _ = try NetworkInterface.Address.parse(bytes)
      _ = try Route(parsing: bytes)
    }
  }

  @Test("finds connections of a range on the running kernel, and only those")
  func livePeers() throws {
    let listener = try Loopback.listen()
    defer { listener.close() }
    let door = LiveDoor()
    let sockets = ListeningSockets.read(from: door)
    let port = listener.port
    let before = ProbeTraffic.read(
      from: door, peers: try #require(AddressPrefix(parsing: "127.0.0.0/8")), listening: sockets)
    #expect(try #require(before.value).connections[port] == nil)
    let client = try Loopback.connect(to: port)
    defer { client.close() }
    let after = ProbeTraffic.read(
      from: door, peers: try #require(AddressPrefix(parsing: "127.0.0.0/8")), listening: sockets)
    #expect(try #require(after.value).connections[port] == 1)
    let elsewhere = ProbeTraffic.read(
      from: door, peers: try #require(AddressPrefix(parsing: "100.64.0.0/10")), listening: sockets)
    #expect(try #require(elsewhere.value).connections[port] == nil)
  }

  @Test("agrees with /proc on the running kernel")
  func live() throws {
    let listener = try Loopback.listen(backlog: 7)
    defer { listener.close() }
    let all = ListeningSockets.read(from: LiveDoor()).all
    let own = try #require(all.first { $0.port == listener.port && $0.table == .tcp })
    #expect(own.address == .v4(0x7F00_0001))
    #expect(own.details?.acceptQueueLimit == 7)
  }
}
