import Addressing
import Host
import TestSupport
import Testing

@testable import Collectors

@Suite("Interfaces and addresses")
struct InterfaceTests {
  private func capturedDoor() throws -> ReplayingDoor {
    let bytes = try CapturedHost.debian12.bytes("/web-1.capture")
    return ReplayingDoor(try CaptureContents(parsing: bytes).entries)
  }

  @Test("are those of the captured host")
  func captured() throws {
    let interfaces = try #require(NetworkInterface.readAll(from: capturedDoor()).value)
    let eth0 = try #require(interfaces.first { $0.name == "eth0" })
    #expect(eth0.isUp && eth0.hasCarrier && !eth0.isLoopback)
    #expect(eth0.addresses.map(\.address.description).prefix(2) == ["10.0.0.5", "fd00:5::5"])
    #expect(eth0.addresses.first?.prefixLength == 24)
    #expect(interfaces.first { $0.name == "lo" }?.isLoopback == true)
  }

  @Test("give the private address that the default route leaves by")
  func privateAddress() throws {
    let door = try capturedDoor()
    let routes = try #require(Route.readAll(.ipv4, from: door).value)
    let interfaces = try #require(NetworkInterface.readAll(from: door).value)
    #expect(routes.contains { $0.destination.length == 0 && $0.gateway == .v4(0x0A00_0001) })
    #expect(
      PrivateAddress.candidates(interfaces: interfaces, routes: routes) == [.v4(0x0A00_0005)])
  }

  @Test("of a container bridge come behind those of the default route")
  func bridges() {
    let interfaces = [
      NetworkInterface(
        index: 1, name: "lo", isLoopback: true, addresses: [address("127.0.0.1", 8)]),
      NetworkInterface(index: 2, name: "docker0", addresses: [address("172.17.0.1", 16)]),
      NetworkInterface(
        index: 3, name: "eth0", addresses: [address("203.0.113.7", 24), address("10.0.8.5", 24)]),
    ]
    let route = AddressPrefix(.v4(0), length: 0).map { Route(destination: $0, interfaceIndex: 3) }
    let candidates = PrivateAddress.candidates(
      interfaces: interfaces, routes: [route].compactMap(\.self))
    #expect(candidates.map(\.description) == ["10.0.8.5", "172.17.0.1", "203.0.113.7"])
  }

  /// `IFLA_XDP` as Linux 6.18 gives it for a program of number 113 in generic mode.
  private static let xdp: [UInt8] = [
    0x1C, 0, 43, 0, 8, 0, 6, 0, 113, 0, 0, 0, 5, 0, 2, 0, 2, 0, 0, 0, 8, 0, 4, 0, 113, 0, 0, 0,
  ]
  /// And as it gives it where no program is attached.
  private static let noXDP: [UInt8] = [12, 0, 43, 0, 5, 0, 2, 0, 0, 0, 0, 0]

  @Test(
    "tell the XDP program that sees the packets first",
    arguments: [
      (xdp, XDPProgram(mode: .generic, id: 113)), (noXDP, nil), ([], nil),
      (Array(noXDP.prefix(8)) + [1, 0, 0, 0], XDPProgram(mode: .driver)),
    ] as [([UInt8], XDPProgram?)])
  func xdpPrograms(attribute: [UInt8], program: XDPProgram?) throws {
    let interface = try NetworkInterface(
      parsingLink: [UInt8](repeating: 0, count: 16) + attribute)
    #expect(interface.xdpProgram == program)
  }

  @Test(
    "have addresses that do not answer yet, and some of one link alone",
    arguments: [
      (UInt8(0x80), UInt8(0), false), (0x40, 253, true), (0x48, 253, true), (0x08, 0, true),
      // Optimistic: it answers while it is looked for.
      (0x44, 0, false),
    ])
  func tentative(flags: UInt8, scope: UInt8, isTentative: Bool) throws {
    let address = try #require(IPAddress(parsing: "fe80::1"))
    let bytes: [UInt8] = [10, 64, flags, scope, 2, 0, 0, 0, 20, 0, 1, 0] + address.networkBytes
    let parsed = try #require(try NetworkInterface.Address.parse(bytes)).1
    #expect(parsed.isTentative == isTentative && parsed.scope.rawValue == scope)
    #expect(parsed.address == address && parsed.prefixLength == 64)
  }

  @Test("with more bits of prefix than their family has are refused")
  func longPrefix() {
    #expect(
      throws: ParseFailure(found: "a prefix of 33 bits", expected: "at most 32")
    ) {
      try NetworkInterface.Address.parse([2, 33, 0, 0, 2, 0, 0, 0, 8, 0, 1, 0, 10, 0, 0, 5])
    }
  }

  @Test("send no answer from an address that is still tentative")
  func tentativeReply() {
    let interfaces = [
      NetworkInterface(
        index: 2, name: "eth0",
        addresses: [
          NetworkInterface.Address(
            address: .v6(0xFD00 << 112 | 5), prefixLength: 64, isTentative: true)
        ])
    ]
    guard let source = AddressPrefix(parsing: "fd00::/8") else { return }
    let links = Source.netlink("links")
    let routes = ReplyRoutes.read(
      from: FakeDoor(), sources: [source], interfaces: .value(interfaces, from: links),
      routes: [.ipv6: .value([], from: links)])
    #expect(routes.parts(from: .v6(0xFD00 << 112 | 5), to: source) == nil)
  }

  @Test("are read from the running kernel")
  func live() throws {
    let interfaces = try #require(NetworkInterface.readAll(from: LiveDoor()).value)
    #expect(interfaces.contains { $0.isLoopback && $0.name == "lo" })
  }

  private func address(_ text: String, _ length: Int) -> NetworkInterface.Address {
    NetworkInterface.Address(address: IPAddress(parsing: text) ?? .v4(0), prefixLength: length)
  }
}
