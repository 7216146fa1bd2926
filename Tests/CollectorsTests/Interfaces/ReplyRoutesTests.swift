import Addressing
import Collectors
import Host
import TestSupport
import TestSupport
import Testing

@Suite("The ways back")
struct ReplyRoutesTests {
  /// The questions of a host with these addresses and routes to these sources.
  private func questions(
    _ addresses: [String] = ["10.0.0.5"], routes: [String] = [],
    sources: [String] = ["100.64.0.0/10"]
  ) throws -> [String] {
    let door = ReplyRoutesTests.host()
    _ = try read(door, addresses, routes.map { Route(destination: try prefix($0)) }, sources)
    return asked(door)
  }

  /// The addresses that a host was asked for.
  private func asked(_ door: FakeDoor) -> [String] {
    let start = "rtnetlink(7) route to "
    return door.log.calls.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
  }

  /// A host with these IPv4 rules, and these replies to other questions.
  private static func host(
    rules: [NetlinkMessage] = [], _ replies: [String: Reading<[NetlinkMessage]>] = [:]
  ) -> FakeDoor {
    let own: [String: Reading<[NetlinkMessage]>] = [
      "rtnetlink(7) IPv4 rules": .value(rules, from: .netlink("rtnetlink(7) IPv4 rules")),
      "rtnetlink(7) IPv6 rules": .value([], from: .netlink("rtnetlink(7) IPv6 rules")),
    ]
    return FakeDoor(replies: own.merging(replies) { $1 })
  }

  private func read(
    _ door: FakeDoor, _ addresses: [String], _ routes: [Route],
    _ sources: [String] = ["100.64.0.0/10"]
  ) throws -> ReplyRoutes {
    let own = try addresses.map {
      NetworkInterface.Address(address: try address($0), prefixLength: 24)
    }
    let interfaces = [
      NetworkInterface(
        index: 1, name: "lo", isLoopback: true,
        addresses: [.init(address: .v4(0x7F00_0001), prefixLength: 8)]),
      NetworkInterface(index: 2, name: "eth0", addresses: own),
    ]
    let source = Source.netlink("rtnetlink(7) routes")
    return ReplyRoutes.read(
      from: door, sources: try sources.map { try prefix($0) },
      interfaces: .value(interfaces, from: source),
      routes: [
        .ipv4: .value(routes, from: source), .ipv6: .value(routes, from: source),
      ])
  }

  @Test("are asked once where no route is inside the sources")
  func once() throws {
    #expect(
      try questions(routes: ["0.0.0.0/0", "100.64.0.0/10", "100.0.0.0/8", "10.0.0.0/24"])
        == ["100.64.0.0 from 10.0.0.5"])
  }

  @Test("are asked where a route inside begins, and behind it")
  func parts() throws {
    #expect(
      try questions(routes: ["100.64.0.0/16", "100.127.0.0/16", "100.64.0.0/24"]) == [
        "100.64.0.0 from 10.0.0.5", "100.64.1.0 from 10.0.0.5", "100.65.0.0 from 10.0.0.5",
        "100.127.0.0 from 10.0.0.5",
      ])
  }

  @Test("are asked for every own address of the family, and for none of loopback or the link")
  func addresses() throws {
    #expect(
      try questions(["10.0.0.5", "fe80::5", "2001:db8::5", "10.0.0.6"]) == [
        "100.64.0.0 from 10.0.0.5", "100.64.0.0 from 10.0.0.6",
      ])
    #expect(
      try questions(
        ["10.0.0.5", "2001:db8::5"], routes: ["2001:db9:1::/48"], sources: ["2001:db9::/32"])
        == [
          "2001:db9:: from 2001:db8::5", "2001:db9:1:: from 2001:db8::5",
          "2001:db9:2:: from 2001:db8::5",
        ])
  }

  @Test("are asked for at most 16 addresses and 64 parts, and the rest is known not to be")
  func limits() throws {
    let many = try questions((1...40).map { "10.0.0.\($0)" })
    #expect(many.count == ReplyRoutes.addressLimit)
    let routes = try (0..<200).map { number in
      Route(destination: try prefix("100.100.\(number).9/32"), interfaceIndex: 3, table: 52)
    }
    let door = ReplyRoutesTests.host()
    let ways = try read(door, ["10.0.0.5"], routes)
    let parts = try #require(
      ways.parts(from: .v4(0x0A00_0005), to: try prefix("100.64.0.0/10"))?.value)
    #expect(parts.count == 401)
    #expect(parts.filter { $0.answer != nil }.count == ReplyRoutes.partLimit)
    #expect(asked(door).count == ReplyRoutes.partLimit)
    #expect(
      asked(door).contains("100.100.0.9 from 10.0.0.5"),
      "one of the routes that lead the same way is asked for, however small")
    #expect(
      AddressSpan.merged(parts.map(\.span)).flatMap(\.prefixes).map(\.description) == [
        "100.64.0.0/10"
      ])
  }

  @Test("are asked where a rule's destination begins, and behind it")
  func rules() throws {
    // What Linux 6.18 said of "to 100.80.0.0/12 lookup 77" and "from all lookup local".
    let messages = [
      [
        2, 12, 0, 0, 77, 0, 0, 1, 0, 0, 0, 0, 8, 0, 15, 0, 77, 0, 0, 0, 8, 0, 14, 0, 255, 255, 255,
        255, 5, 0, 21, 0, 0, 0, 0, 0, 8, 0, 6, 0, 252, 127, 0, 0, 8, 0, 1, 0, 100, 80, 0, 0,
      ],
      [
        2, 0, 0, 0, 255, 0, 0, 1, 0, 0, 0, 0, 8, 0, 15, 0, 255, 0, 0, 0, 8, 0, 14, 0, 255, 255, 255,
        255, 5, 0, 21, 0, 2, 0, 0, 0,
      ],
    ].map { NetlinkMessage(type: 32, payload: $0) }
    let door = ReplyRoutesTests.host(rules: messages)
    _ = try read(door, ["10.0.0.5"], [])
    #expect(
      asked(door) == [
        "100.64.0.0 from 10.0.0.5", "100.80.0.0 from 10.0.0.5", "100.96.0.0 from 10.0.0.5",
      ])
  }

  @Test(
    "are not known where the rules are not understood, and a kernel may have none",
    arguments: [
      (
        Reading<[NetlinkMessage]>.value(
          [NetlinkMessage(type: 32, payload: [2, 10])], from: source), 0
      ),
      (
        .value(
          [
            NetlinkMessage(
              type: 32, payload: [2, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 1, 0, 9, 0, 0, 0])
          ], from: source), 0
      ),
      (failed("ENOBUFS, x"), 0), (failed("EOPNOTSUPP, x"), 1),
    ])
  func rulesUnknown(_ rules: Reading<[NetlinkMessage]>, _ questions: Int) throws {
    let door = FakeDoor(replies: ["rtnetlink(7) IPv4 rules": rules])
    let ways = try read(door, ["10.0.0.5"], [])
    let parts = ways.parts(from: .v4(0x0A00_0005), to: try prefix("100.64.0.0/10"))
    #expect(asked(door).count == questions)
    #expect((parts?.reasonMissing == nil) == (questions == 1))
  }

  /// What an error of the kernel means.
  struct Refused: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var reading: Reading<[NetlinkMessage]>
    var hasBlackhole = false
    var answer: ReplyRoute.Refusal?
  }

  @Test(
    "take the kernel's errors for answers, and no other",
    arguments: [
      Refused(testDescription: "no route", reading: failed("ENETUNREACH, x"), answer: .noRoute),
      Refused(
        testDescription: "unreachable", reading: failed("EHOSTUNREACH, x"), answer: .unreachable),
      Refused(
        testDescription: "prohibit", reading: .denied(source, needs: .netAdmin), answer: .prohibit),
      Refused(
        testDescription: "blackhole", reading: failed("EINVAL, x"), hasBlackhole: true,
        answer: .blackhole),
      Refused(testDescription: "a question not understood", reading: failed("EINVAL, x")),
      Refused(testDescription: "no memory", reading: failed("ENOBUFS, x")),
      Refused(testDescription: "an old capture", reading: .failed(source, .notInCapture)),
      Refused(testDescription: "nothing", reading: .absent(source)),
      Refused(testDescription: "no message", reading: .value([], from: source)),
    ])
  func refused(_ refused: Refused) throws {
    let door = ReplyRoutesTests.host([
      "rtnetlink(7) route to 100.64.0.0 from 10.0.0.5": refused.reading
    ]
    )
    let blackhole = Route(destination: try prefix("100.64.0.0/10"), type: 6)
    let ways = try read(door, ["10.0.0.5"], refused.hasBlackhole ? [blackhole] : [])
    let parts = try #require(
      ways.parts(from: .v4(0x0A00_0005), to: try prefix("100.64.0.0/10"))?.value)
    #expect(parts.count == 1)
    let answer = try #require(parts.first?.answer)
    #expect(answer.value == refused.answer.map { .none($0) })
    #expect((answer.reasonMissing == nil) == (refused.answer != nil))
  }

  private static let source = Source.netlink("rtnetlink(7) route to 100.64.0.0 from 10.0.0.5")

  private static func failed(_ error: String) -> Reading<[NetlinkMessage]> {
    .failed(source, .system(call: "netlink", error: error))
  }

  @Test("are told for a range inside one that was asked for, and for no other")
  func narrower() throws {
    let ways = try read(
      ReplyRoutesTests.host(), ["10.0.0.5"], [Route(destination: try prefix("100.64.0.0/16"))])
    let own = IPAddress.v4(0x0A00_0005)
    let inside = try #require(ways.parts(from: own, to: try prefix("100.64.7.0/24"))?.value)
    #expect(inside.flatMap(\.span.prefixes).map(\.description) == ["100.64.7.0/24"])
    #expect(ways.parts(from: own, to: try prefix("100.0.0.0/8")) == nil)
    #expect(ways.parts(from: .v4(1), to: try prefix("100.64.0.0/10")) == nil)
  }

  @Test("are not known where the routes are not")
  func routesUnknown() throws {
    let source = Source.netlink("rtnetlink(7) IPv4 routes")
    let door = ReplyRoutesTests.host()
    let interface = NetworkInterface(
      index: 2, name: "eth0", addresses: [.init(address: .v4(0x0A00_0005), prefixLength: 24)])
    let ways = ReplyRoutes.read(
      from: door, sources: [try prefix("100.64.0.0/10")],
      interfaces: .value([interface], from: source),
      routes: [.ipv4: .denied(source, needs: .netAdmin)])
    let parts = ways.parts(from: .v4(0x0A00_0005), to: try prefix("100.64.0.0/10"))
    #expect(parts == .denied(source, needs: .netAdmin))
    #expect(asked(door).isEmpty)
  }
}

private func address(_ text: String) throws -> IPAddress {
  try #require(IPAddress(parsing: text))
}

private func prefix(_ text: String) throws -> AddressPrefix {
  try #require(AddressPrefix(parsing: text))
}
