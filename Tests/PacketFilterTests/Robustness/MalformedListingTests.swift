import Addressing
import PacketFilter
import Testing

@Suite("bad input is named, never a verdict and never a crash")
struct MalformedListingTests {
  static let save = iptables(
    "-A INPUT -s 100.64.0.0/10 -m comment --comment \"a b\" -j k",
    "-A k -p tcp -m multiport --dports 80,443 -j DROP",
    "-A k -m set --match-set s src -j REJECT --reject-with icmp-port-unreachable")
  static let ipset =
    "create s hash:net family inet\nadd s 100.64.0.0/24\nadd s 100.64.0.8/30 nomatch\n"
  static let json = nft(
    sets: [
      "\"name\": \"s\", \"type\": \"ipv4_addr\", \"handle\": 3, \"elem\": [\"100.64.0.1\", {\"prefix\": {\"addr\": \"100.65.0.0\", \"len\": 16}}]"
    ],
    .base("input", "\(match("ip saddr", "\"@s\"")), \(jump("k"))"), .plain("k", drop))

  struct Malformed: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    let failure: ListingFailure
  }

  @Test(
    "iptables-save",
    arguments: [
      Malformed(
        testDescription: "a rule outside a table", text: "-A INPUT -j DROP\n",
        failure: ListingFailure(
          line: 1, found: "-A INPUT -j DROP", expected: "a line of an iptables-save listing")),
      Malformed(
        testDescription: "a table without COMMIT", text: "*filter\n:INPUT ACCEPT [0:0]\n",
        failure: ListingFailure(line: 2, found: "", expected: "COMMIT behind the table's rules")),
      Malformed(
        testDescription: "a rule of a chain not listed", text: "*filter\n-A X -j DROP\nCOMMIT\n",
        failure: ListingFailure(
          line: 2, found: "-A X -j DROP", expected: "a line of an iptables-save listing")),
      Malformed(
        testDescription: "a table that no kernel has", text: "*x\nCOMMIT\n",
        failure: ListingFailure(
          line: 1, found: "*x", expected: "a line of an iptables-save listing")),
    ])
  func iptablesSave(_ row: Malformed) {
    let rules = PacketFilterRules(listings: .legacy(row.text))
    #expect(rules.failures.map(\.failure) == [row.failure])
    #expect(answers(.legacy(row.text), Self.asked).allSatisfy { $0.verdict == .undecided })
  }

  static let asked = Asked("100.64.0.0/10 -> 10.0.0.5:80/tcp")

  @Test("every truncation of a saved table leaves the question open")
  func truncatedSave() {
    let bytes = Array(Self.save.utf8)
    let whole = answers(.legacy(Self.save).with(ipset: Self.ipset), Self.asked)
    for length in 1..<(bytes.count - 1) {
      let listings = FilterListings(
        legacySave4: .bytes(Array(bytes[..<length])), ipsetSave: .bytes(Array(Self.ipset.utf8)))
      let found = answers(listings, Self.asked)
      #expect(found == whole || found.allSatisfy { $0.verdict == .undecided }, "\(length) bytes")
    }
  }

  @Test("every truncation of a JSON listing leaves the question open")
  func truncatedJSON() {
    let bytes = Array(Self.json.utf8)
    for length in 1..<bytes.count {
      let found = answers(FilterListings(nftJSON: .bytes(Array(bytes[..<length]))), Self.asked)
      #expect(found.allSatisfy { $0.verdict == .undecided }, "\(length) bytes")
    }
  }

  @Test("a missing listing is not an empty one")
  func missing() {
    let listings = FilterListings(nftJSON: .missing("nft: permission denied"))
    let found = answers(listings, Self.asked)
    #expect(
      found.map(\.brief) == [
        "100.64.0.0/10: undecided because nft -j list ruleset: nft: permission denied"
      ])
  }

  @Test("mutated listings", arguments: 0..<60)
  func mutated(_ seed: Int) {
    var generator = SmallGenerator(seed: UInt64(seed))
    for _ in 0..<20 {
      let listings = FilterListings(
        nftJSON: .bytes(generator.mutate(Self.json)),
        legacySave4: .bytes(generator.mutate(Self.save)),
        ipsetSave: .bytes(generator.mutate(Self.ipset)))
      expectPartition(answers(listings, Self.asked))
    }
  }

  @Test("random bytes", arguments: 0..<20)
  func random(_ seed: Int) {
    var generator = SmallGenerator(seed: UInt64(seed))
    for _ in 0..<20 {
      let listings = FilterListings(
        nftJSON: .bytes(generator.bytes(200)), legacySave4: .bytes(generator.bytes(200)),
        legacySave6: .bytes(generator.bytes(50)), nftSave4: .bytes(generator.bytes(200)),
        ipsetSave: .bytes(generator.bytes(200)))
      expectPartition(answers(listings, Self.asked))
    }
  }

  @Test("JSON that nests without end")
  func nesting() {
    let deep = String(repeating: "[", count: 100_000)
    let text = nft(.base("input", deep))
    #expect(answers(.nft(text), Self.asked).allSatisfy { $0.verdict == .undecided })
    let closed = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let found = answers(.nft(nft(.base("input", closed))), Self.asked)
    #expect(found.allSatisfy { $0.verdict == .undecided })
  }

  @Test(
    "numbers past all bounds",
    arguments: [
      "-A INPUT -p tcp --dport 99999999999999999999 -j DROP",
      "-A INPUT -m mark --mark 0xffffffffffffffffffffffffffffffffffffffff -j DROP",
      "-A INPUT -s 1.2.3.4/99 -j DROP", "-A INPUT -s 300.1.1.1 -j DROP", "-A INPUT -p 999 -j DROP",
      "-A INPUT -m length --length 7:3 -j DROP", "-A INPUT -m ttl --ttl-lt 0 -m frob -j DROP",
    ])
  func absurdNumbers(_ rule: String) {
    expectPartition(answers(.legacy(iptables(rule)), Self.asked))
  }

  /// Every source has exactly one answer.
  private func expectPartition(_ found: [FilterAnswer]) {
    var all = IntervalSet()
    for answer in found {
      #expect(all.intersection(answer.sources.numbers).isEmpty)
      all = all.union(answer.sources.numbers)
    }
    #expect(all == Self.asked.question?.sources.numbers)
  }
}
