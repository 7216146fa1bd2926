import Addressing
import Testing

@Suite("An address prefix")
struct AddressPrefixTests {
  @Test(
    "clears the bits behind its length",
    arguments: [
      ("100.64.9.9/10", "100.64.0.0/10"), ("10.0.0.5", "10.0.0.5/32"), ("10.0.0.5/0", "0.0.0.0/0"),
      ("fd00:5::5/64", "fd00:5::/64"), ("::1/0", "::/0"), ("::1", "::1/128"),
    ])
  func parsed(text: String, printed: String) throws {
    #expect(try #require(AddressPrefix(parsing: text)).description == printed)
  }

  @Test(
    "is refused",
    arguments: [
      "", "/10", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "::/129", "a/8",
    ])
  func refused(text: String) {
    #expect(AddressPrefix(parsing: text) == nil)
  }

  @Test(
    "holds its own addresses and no others",
    arguments: [
      ("100.64.0.0/10", "100.64.0.0", true), ("100.64.0.0/10", "100.127.255.255", true),
      ("100.64.0.0/10", "100.128.0.0", false), ("100.64.0.0/10", "100.63.255.255", false),
      ("0.0.0.0/0", "::1", false), ("::/0", "::1", true), ("fd00::/8", "fe00::", false),
    ])
  func contains(prefix: String, address: String, isInside: Bool) throws {
    let prefix = try #require(AddressPrefix(parsing: prefix))
    #expect(prefix.contains(try #require(IPAddress(parsing: address))) == isInside)
  }
}
