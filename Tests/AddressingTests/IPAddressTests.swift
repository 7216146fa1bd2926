import Addressing
import Testing

@Suite("An IP address")
struct IPAddressTests {
  @Test(
    "is read and printed in its shortest form",
    arguments: [
      ("10.0.0.5", "10.0.0.5"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
      ("::", "::"), ("::1", "::1"), ("FD00:5:0:0::5", "fd00:5::5"),
      ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("::ffff:10.0.0.5", "::ffff:10.0.0.5"),
    ])
  func roundTrip(text: String, printed: String) throws {
    #expect(try #require(IPAddress(parsing: text)).description == printed)
  }

  @Test(
    "is refused where the kernel's own reader refuses it",
    arguments: [
      "", " 10.0.0.5", "10.0.0", "10.0.0.256", "010.0.0.5", "10.0.0.5 ", "1:2", ":::",
      "fe80::1%eth0",
      "[::1]", "10.0.0.5\0", "10.0.0.5/24",
    ])
  func refused(text: String) {
    #expect(IPAddress(parsing: text) == nil)
  }

  @Test("survives the way through network bytes", arguments: ["100.64.0.1", "fd00:5::5"])
  func networkBytes(text: String) throws {
    let address = try #require(IPAddress(parsing: text))
    #expect(IPAddress(networkBytes: address.networkBytes) == address)
    #expect(address.networkBytes.count == address.family.bitCount / 8)
  }

  @Test("has no form of five bytes")
  func oddBytes() {
    #expect(IPAddress(networkBytes: [1, 2, 3, 4, 5]) == nil)
  }

  @Test(
    "knows what it is for",
    arguments: [
      ("127.1.2.3", "loopback"), ("::1", "loopback"), ("::ffff:127.0.0.1", "loopback"),
      ("10.1.1.1", "private"), ("172.31.0.1", "private"), ("192.168.9.9", "private"),
      ("fd00::1", "private"), ("172.32.0.1", "public"), ("100.64.0.1", "public"),
      ("169.254.1.1", "link-local"), ("fe80::1", "link-local"), ("0.0.0.0", "unspecified"),
      ("::", "unspecified"),
    ])
  func kinds(text: String, kind: String) throws {
    let address = try #require(IPAddress(parsing: text))
    #expect(address.isLoopback == (kind == "loopback"))
    #expect(address.isPrivate == (kind == "private"))
    #expect(address.isLinkLocal == (kind == "link-local"))
    #expect(address.isUnspecified == (kind == "unspecified"))
  }

  @Test("stands in brackets in a URL only when it has colons")
  func urlHost() throws {
    #expect(try #require(IPAddress(parsing: "10.0.0.5")).urlHost == "10.0.0.5")
    #expect(try #require(IPAddress(parsing: "::1")).urlHost == "[::1]")
  }
}
