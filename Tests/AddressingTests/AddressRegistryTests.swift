import Addressing
import Testing

@Suite("Addresses by who may have them")
struct AddressRegistryTests {
  @Test(
    "are public, private, or nobody's",
    arguments: [
      ("8.8.8.8", true, false), ("10.0.0.5", false, true), ("172.31.255.255", false, true),
      ("172.32.0.0", true, false), ("192.168.0.1", false, true), ("100.64.0.1", false, false),
      ("127.0.0.1", false, false), ("169.254.0.23", false, false), ("192.0.2.1", false, false),
      ("224.0.0.1", false, false), ("255.255.255.255", false, false), ("2001:db8::1", true, false),
      ("fd00::1", false, true), ("fe80::1", false, false), ("ff02::1", false, false),
    ])
  func kind(_ text: String, isPublic: Bool, isPrivate: Bool) throws {
    let address = try #require(IPAddress(parsing: text))
    #expect(AddressSet.publicAddresses(of: address.family).contains(address) == isPublic)
    #expect(AddressSet.privateAddresses(of: address.family).contains(address) == isPrivate)
  }

  @Test("give a sample of them, spread evenly", arguments: [IPAddress.Family.ipv4, .ipv6])
  func sample(_ family: IPAddress.Family) throws {
    let all = AddressSet.publicAddresses(of: family)
    let sample = all.sample(of: 512)
    #expect(sample.size == 512)
    #expect(sample.subtracting(all).isEmpty)
    let start = try #require(AddressPrefix(parsing: family == .ipv4 ? "0.0.0.0/2" : "2000::/5"))
    let part = AddressSet(start)
    let share = sample.intersection(part).size / 512
    #expect(abs(share - all.intersection(part).size / all.size) < 0.01)
  }
}
