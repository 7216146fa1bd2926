import Addressing
import Host
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

  @Test("are read from the running kernel")
  func live() throws {
    let interfaces = try #require(NetworkInterface.readAll(from: LiveDoor()).value)
    #expect(interfaces.contains { $0.isLoopback && $0.name == "lo" })
  }

  private func address(_ text: String, _ length: Int) -> NetworkInterface.Address {
    NetworkInterface.Address(address: IPAddress(parsing: text) ?? .v4(0), prefixLength: length)
  }
}
