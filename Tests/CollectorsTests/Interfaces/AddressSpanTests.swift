import Addressing
import Collectors
import TestSupport
import TestSupport
import Testing

@Suite("A span of addresses")
struct AddressSpanTests {
  @Test(
    "is written in the fewest ranges",
    arguments: [
      ("100.64.0.0/10", "100.64.0.0/10", ["100.64.0.0/10"]),
      ("0.0.0.0/0", "0.0.0.0/0", ["0.0.0.0/0"]), ("::/0", "::/0", ["::/0"]),
      ("10.0.0.0/8", "10.1.0.0/16", ["10.1.0.0/16"]),
      ("255.255.255.255/32", "0.0.0.0/0", ["255.255.255.255/32"]),
      ("2001:db8::/32", "2001:db8:1::/48", ["2001:db8:1::/48"]),
    ])
  func prefixes(_ whole: String, _ clamp: String, _ expected: [String]) throws {
    let span = AddressSpan(try #require(AddressPrefix(parsing: whole)))
    let range = try #require(AddressPrefix(parsing: clamp))
    let clamped = try #require(span.clamped(to: range))
    #expect(clamped.prefixes.map(\.description) == expected)
  }

  @Test("merges what touches, and nothing else")
  func merged() throws {
    let spans = try ["10.0.2.0/24", "10.0.0.0/24", "10.0.1.0/24", "10.0.1.7/32", "10.0.4.0/24"]
      .map { AddressSpan(try #require(AddressPrefix(parsing: $0))) }
    let merged = AddressSpan.merged(spans).map { $0.prefixes.map(\.description) }
    #expect(merged == [["10.0.0.0/23", "10.0.2.0/24"], ["10.0.4.0/24"]])
  }

  @Test("has no address of another range or family")
  func outside() throws {
    let span = AddressSpan(try #require(AddressPrefix(parsing: "10.0.0.0/8")))
    #expect(span.clamped(to: try #require(AddressPrefix(parsing: "11.0.0.0/8"))) == nil)
    #expect(span.clamped(to: try #require(AddressPrefix(parsing: "::/0"))) == nil)
  }

  @Test("keeps every address when it is cut in two and merged again")
  func random() throws {
    var generator = SeededGenerator(seed: 64)
    for _ in 0..<500 {
      let address = IPAddress.v4(UInt32.random(in: .min ... .max, using: &generator))
      let length = Int.random(in: 0...31, using: &generator)
      let whole = try #require(AddressPrefix(address, length: length))
      let inner = try #require(
        AddressPrefix(address, length: Int.random(in: length...32, using: &generator)))
      let part = try #require(AddressSpan(whole).clamped(to: inner))
      #expect(part.prefixes == [inner])
      let merged = AddressSpan.merged([part, AddressSpan(whole)])
      #expect(merged == [AddressSpan(whole)])
    }
  }
}
