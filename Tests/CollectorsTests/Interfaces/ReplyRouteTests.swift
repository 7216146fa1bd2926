import Addressing
import Collectors
import Host
import TestSupport
import TestSupport
import Testing

@Suite("A way back")
struct ReplyRouteTests {
  @Test("is asked of the kernel with these bytes")
  func request() throws {
    let request = RouteNetlink.replyRoute(
      from: try address("10.0.0.5"), to: try address("100.64.0.0"))
    #expect(request.family == 0 && request.type == 26 && request.flags == 0)
    #expect(request.question == "rtnetlink(7) route to 100.64.0.0 from 10.0.0.5")
    #expect(
      request.payload == [
        2, 32, 32, 0,  // rtm_family, rtm_dst_len, rtm_src_len, rtm_tos
        0, 0, 0, 0,  // rtm_table, rtm_protocol, rtm_scope, rtm_type
        0x00, 0x30, 0, 0,  // rtm_flags: RTM_F_LOOKUP_TABLE, RTM_F_FIB_MATCH
        8, 0, 1, 0, 100, 64, 0, 0,  // RTA_DST
        8, 0, 2, 0, 10, 0, 0, 5,  // RTA_SRC
      ])
  }

  @Test("is asked for IPv6 with these bytes")
  func request6() throws {
    let request = RouteNetlink.replyRoute(
      from: try address("2001:db8::5"), to: try address("2001:db9::"))
    #expect(
      request.payload == [
        10, 128, 128, 0, 0, 0, 0, 0, 0x00, 0x30, 0, 0,
        20, 0, 1, 0, 0x20, 0x01, 0x0D, 0xB9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        20, 0, 2, 0, 0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5,
      ])
  }

  /// What Linux 6.18 answered in a network namespace; eth0 is 3, eth1 is 5 and tun0 is 7 there.
  struct Answer: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: String
    var way: @Sendable () throws -> ReplyRoute

    var messages: [NetlinkMessage] {
      get throws { [NetlinkMessage(type: 24, payload: try #require(hexadecimal(bytes)))] }
    }
  }

  @Test("is what the kernel said", arguments: answers)
  func parses(_ answer: Answer) throws {
    #expect(try ReplyRoute(parsing: answer.messages) == (try answer.way()))
  }

  private static let answers = [
    Answer(
      testDescription: "the default route",
      bytes: "02000000fe0300010000000008000f00fe000000080005000a0000010800040003000000"
    ) {
      .leaves(
        Route(
          destination: try prefix("0.0.0.0/0"), gateway: try address("10.0.0.1"), interfaceIndex: 3)
      )
    },
    Answer(
      testDescription: "a default route of another table",
      bytes: "02000000640300010000000008000f0064000000080005000a0100010800040005000000"
    ) {
      .leaves(
        Route(
          destination: try prefix("0.0.0.0/0"), gateway: try address("10.1.0.1"), interfaceIndex: 5,
          table: 100))
    },
    Answer(
      testDescription: "a route to a part, with a metric",
      bytes: "02100000fe03fd010000000008000f00fe00000008000100644000000800060007000000"
        + "0800040007000000"
    ) {
      .leaves(Route(destination: try prefix("100.64.0.0/16"), interfaceIndex: 7, metric: 7))
    },
    Answer(
      testDescription: "a route with two next hops",
      bytes: "02100000fe0300010000000008000f00fe000000080001006444000024000900"
        + "1000000003000000080005000a0000011000000005000000080005000a010001"
    ) {
      .leaves(
        Route(
          destination: try prefix("100.68.0.0/16"),
          nextHops: [
            NextHop(interfaceIndex: 3, gateway: try address("10.0.0.1")),
            NextHop(interfaceIndex: 5, gateway: try address("10.1.0.1")),
          ]))
    },
    Answer(
      testDescription: "a route by an IPv6 gateway",
      bytes: "02100000fe0300010000000008000f00fe000000080001006445000016001200"
        + "0a00fe800000000000000000000000000001" + "00000800040003000000"
    ) {
      .leaves(
        Route(
          destination: try prefix("100.69.0.0/16"), gateway: try address("fe80::1"),
          interfaceIndex: 3))
    },
    Answer(
      testDescription: "an address of the host",
      bytes: "02200000ff02fe020000000008000f00ff000000080001000a00000508000700"
        + "0a0000050800040003000000"
    ) { .notRemote },
    Answer(
      testDescription: "the way alone, as kernels before 4.13 answer",
      bytes: "02202000fe0000010002000008000f00fe0000000800010064460001080002000a000005"
        + "0800040003000000080005000a000001080019000000000024000c0002000000"
        + "00000000000000000000000000000000000000000000000000000000"
    ) {
      .leaves(
        Route(
          destination: try prefix("100.70.0.1/32"), gateway: try address("10.0.0.1"),
          interfaceIndex: 3))
    },
    Answer(
      testDescription: "an IPv6 route",
      bytes: "0a300000fe0300010000000008000f00fe0000001400010020010db80001000000000000"
        + "000000000800060000040000080004000700000024000c00000000000000000000000000"
        + "00000000000000000000000000000000000000000500140000000000"
    ) {
      .leaves(Route(destination: try prefix("2001:db8:1::/48"), interfaceIndex: 7, metric: 1024))
    },
    Answer(
      testDescription: "an IPv6 route with two next hops",
      bytes: "0a300000fe0300010000000008000f00fe0000001400010020010db80003000000000000"
        + "0000000008000600000400003c0009001c000000030000001400050020010db800000000"
        + "00000000000000011c000000030000001400050020010db8000000000000000000000002"
    ) {
      .leaves(
        Route(
          destination: try prefix("2001:db8:3::/48"),
          nextHops: [
            NextHop(interfaceIndex: 3, gateway: try address("2001:db8::1")),
            NextHop(interfaceIndex: 3, gateway: try address("2001:db8::2")),
          ], metric: 1024))
    },
  ]

  @Test("is never made up from a part of the kernel's answer", arguments: answers)
  func truncated(_ answer: Answer) throws {
    let whole = try #require(hexadecimal(answer.bytes))
    let way = try answer.way()
    for count in whole.indices {
      let message = NetlinkMessage(type: 24, payload: Array(whole.prefix(count)))
      guard let found = try? ReplyRoute(parsing: [message]) else { continue }
      // Cut between two attributes, an answer is still one: less is known of the same kind of way.
      guard case (.leaves(let less), .leaves(let more)) = (found, way) else {
        #expect(found == way, "\(count) bytes")
        continue
      }
      #expect(less.hops.count <= more.hops.count && !less.hops.isEmpty, "\(count) bytes")
      #expect(zip(less.hops, more.hops).allSatisfy { $0.interfaceIndex == $1.interfaceIndex })
    }
  }

  @Test("is an error and no trap for random bytes")
  func random() {
    var generator = SeededGenerator(seed: 26)
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...80, using: &generator)
      var bytes = (0..<count).map { _ in UInt8.random(in: 0...40, using: &generator) }
      if !bytes.isEmpty { bytes[0] = generator.next() & 1 == 0 ? 2 : 10 }
      _ = try? ReplyRoute(parsing: [NetlinkMessage(type: 24, payload: bytes)])
    }
  }

  @Test("needs a message, an IP family and an interface")
  func malformed() {
    let withoutInterface: [UInt8] = [2, 0, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0]
    let otherFamily: [UInt8] = [7] + withoutInterface.dropFirst()
    #expect(throws: ParseFailure(found: "0 messages", expected: "a route of IP")) {
      try ReplyRoute(parsing: [])
    }
    #expect(throws: ParseFailure(found: "1 messages", expected: "a route of IP")) {
      try ReplyRoute(parsing: [NetlinkMessage(type: 24, payload: otherFamily)])
    }
    #expect(throws: ParseFailure(found: "0.0.0.0/0", expected: "a route with an interface")) {
      try ReplyRoute(parsing: [NetlinkMessage(type: 24, payload: withoutInterface)])
    }
  }

  @Test(
    "is none where a route with an error says so, as older kernels do of IPv6",
    arguments: [
      (UInt8(6), ReplyRoute.Refusal.blackhole), (7, .unreachable), (8, .prohibit),
    ])
  func errorRoute(_ type: UInt8, _ refusal: ReplyRoute.Refusal) throws {
    let payload: [UInt8] = [10, 48, 0, 0, 254, 3, 0, type, 0, 0, 0, 0]
    let messages = [NetlinkMessage(type: 24, payload: payload)]
    #expect(try ReplyRoute(parsing: messages) == .none(refusal))
  }

  @Test(
    "refuses a next hop whose length lies",
    arguments: [[0, 0], [7, 0], [17, 0], [255, 255]] as [[UInt8]])
  func lyingLength(_ length: [UInt8]) {
    let hops: [UInt8] = length + [0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    let payload: [UInt8] =
      [2, 0, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0] + [UInt8(4 + hops.count), 0, 9, 0] + hops
    #expect(throws: ParseFailure.self) {
      try ReplyRoute(parsing: [NetlinkMessage(type: 24, payload: payload)])
    }
  }
}

private func address(_ text: String) throws -> IPAddress {
  try #require(IPAddress(parsing: text))
}

private func prefix(_ text: String) throws -> AddressPrefix {
  try #require(AddressPrefix(parsing: text))
}

/// `nil` for what is not pairs of digits.
private func hexadecimal(_ text: String) -> [UInt8]? {
  let digits = text.compactMap(\.hexDigitValue)
  guard digits.count == text.count, digits.count % 2 == 0 else { return nil }
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
