import Addressing

/// Finds the sources of some packets that an address mask picks.
struct MaskedSources {
  private let mask: UInt128
  private let within: IntervalSet
  private var ranges: [IntervalSet.Interval] = []
  /// More ranges than this are not listed.
  private var budget = 100_000

  /// The sources whose bits under the mask are one of the numbers; `nil` for masks that pick too many ranges.
  static func sources(
    under mask: UInt128, in set: IntervalSet, _ family: IPAddress.Family, within packets: PacketSet
  ) -> IntervalSet? {
    let all: UInt128 = family == .ipv4 ? UInt128(UInt32.max) : .max
    let mask = mask & all
    if mask == all { return set }
    let free = ~mask & all
    if free & (free &+ 1) == 0 { return prefixes(set, mask, free) }
    guard set.intervalCount <= 16, set.intervals.allSatisfy({ $0.low == $0.high }) else {
      return nil
    }
    var search = MaskedSources(mask: mask, within: packets.sources)
    for interval in set.intervals where interval.low & ~mask == 0 {
      search.visit(interval.low, 0, bit: family.bitCount)
    }
    return search.budget > 0 ? IntervalSet(search.ranges) : nil
  }

  private init(mask: UInt128, within: IntervalSet) {
    self.mask = mask
    self.within = within
  }

  /// A mask of leading bits maps ranges to ranges.
  private static func prefixes(_ set: IntervalSet, _ mask: UInt128, _ free: UInt128) -> IntervalSet
  {
    IntervalSet(
      set.intervals.compactMap { interval -> IntervalSet.Interval? in
        let isAligned = interval.low & free == 0
        guard isAligned || interval.low | free < .max else { return nil }
        let low = isAligned ? interval.low : (interval.low | free) + 1
        let high = (interval.high & mask) | free
        return low > high ? nil : .init(low, high)
      })
  }

  /// Follows both values of every bit that the mask leaves free, as long as there are packets.
  private mutating func visit(_ wanted: UInt128, _ base: UInt128, bit: Int) {
    let rest: UInt128 = bit >= 128 ? .max : (1 << UInt128(bit)) - 1
    guard budget > 0, within.intersects(base, base | rest) else { return }
    budget -= 1
    guard bit > 0, mask & rest != 0 else {
      ranges.append(.init(base, base | rest))
      return
    }
    let here = UInt128(1) << UInt128(bit - 1)
    if mask & here != 0 {
      visit(wanted, base | (wanted & here), bit: bit - 1)
    } else {
      visit(wanted, base, bit: bit - 1)
      visit(wanted, base | here, bit: bit - 1)
    }
  }
}
