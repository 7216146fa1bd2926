import Addressing
import Testing

@Suite("sets of numbers as ranges")
struct IntervalSetTests {
  /// Numbers below 4096 as ranges, and the same as a plain set.
  private struct Pair {
    var ranges = IntervalSet()
    var plain: Set<UInt128> = []

    mutating func change(_ generator: inout some RandomNumberGenerator) {
      let low = UInt128.random(in: 0..<4096, using: &generator)
      let high = min(4095, low + UInt128.random(in: 0..<8, using: &generator))
      let range = IntervalSet(low, high)
      if Bool.random(using: &generator) {
        ranges = ranges.union(range)
        plain.formUnion(low...high)
      } else {
        ranges.subtract(range)
        plain.subtract(low...high)
      }
    }
  }

  private func numbers(_ set: IntervalSet) -> Set<UInt128> {
    Set(set.intervals.flatMap { $0.low...$0.high })
  }

  @Test("agree with a plain set through random changes", arguments: 0..<8)
  func agrees(_ seed: Int) {
    var generator = Steps(state: UInt64(seed) + 1)
    var (one, other) = (Pair(), Pair())
    for _ in 0..<3000 {
      one.change(&generator)
      other.change(&generator)
    }
    #expect(numbers(one.ranges) == one.plain)
    #expect(numbers(one.ranges.union(other.ranges)) == one.plain.union(other.plain))
    #expect(numbers(one.ranges.intersection(other.ranges)) == one.plain.intersection(other.plain))
    #expect(numbers(one.ranges.subtracting(other.ranges)) == one.plain.subtracting(other.plain))
    #expect(one.ranges == IntervalSet(one.ranges.intervals.reversed()))
    for number in UInt128(0)..<4096 {
      #expect(one.ranges.contains(number) == one.plain.contains(number))
    }
  }

  @Test("ranges neither touch nor overlap, however they are put in")
  func joins() {
    let set = IntervalSet([.init(5, 6), .init(1, 2), .init(3, 4), .init(9, 8)])
    #expect(Array(set.intervals) == [.init(1, 6), .init(8, 9)])
  }

  @Test("reach the ends of all numbers")
  func ends() {
    var all = IntervalSet(0, .max)
    #expect(all.union(IntervalSet(3, 4)) == all)
    all.subtract(IntervalSet(.max, .max))
    all.subtract(IntervalSet(0, 0))
    #expect(Array(all.intervals) == [.init(1, .max - 1)])
    #expect(all.union(IntervalSet(0, 0)).union(IntervalSet(.max, .max)) == IntervalSet(0, .max))
  }
}

@Suite("sets of addresses")
struct AddressSetTests {
  @Test(
    "are written as the fewest prefixes",
    arguments: [
      ("10.0.0.0", "10.0.0.255", "10.0.0.0/24"), ("10.0.0.1", "10.0.0.1", "10.0.0.1"),
      ("10.0.0.1", "10.0.0.6", "10.0.0.1, 10.0.0.2/31, 10.0.0.4/31, 10.0.0.6"),
      ("0.0.0.0", "255.255.255.255", "0.0.0.0/0"),
      ("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0"),
      ("fd00::", "fd00::1", "fd00::/127"),
      (
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127"
      ),
    ])
  func prefixes(_ low: String, _ high: String, _ expected: String) throws {
    let first = try #require(IPAddress(parsing: low))
    let last = try #require(IPAddress(parsing: high))
    let set = AddressSet(
      family: first.family, numbers: IntervalSet(first.number, last.number))
    #expect(set.description == expected)
    #expect(
      set.prefixes.reduce(AddressSet(family: first.family, numbers: IntervalSet())) {
        $0.union(AddressSet($1))
      } == set)
  }

  @Test("of two families share nothing")
  func families() throws {
    let four = AddressSet.all(of: .ipv4)
    let six = AddressSet.all(of: .ipv6)
    #expect(four.intersection(six).isEmpty)
    #expect(four.subtracting(six) == four)
  }

  @Test("a range of ports")
  func ports() {
    #expect(PortRange(80, 79) == nil)
    #expect(PortRange(80).description == "80")
    #expect(PortRange(80, 90)?.description == "80-90")
    #expect(PortRange.all.numbers == IntervalSet(0, 65535))
  }
}

/// Random numbers that are the same on every run.
private struct Steps: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
