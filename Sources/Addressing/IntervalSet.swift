/// A set of unsigned numbers, kept as sorted ranges that neither overlap nor touch.
///
/// Addresses, ports and marks are all held so, as the number that their bits are in host order.
package struct IntervalSet: Sendable, Hashable {
  /// One range, both ends within.
  package struct Interval: Sendable, Hashable {
    /// The lowest number within.
    package var low: UInt128
    /// The highest number within; never below `low`.
    package var high: UInt128

    /// The range of the two ends, in whichever order they are given.
    package init(_ one: UInt128, _ other: UInt128) {
      low = min(one, other)
      high = max(one, other)
    }
  }

  /// The ranges, ascending, with a gap between each and the next.
  package private(set) var intervals: [Interval]

  /// The empty set.
  package init() { intervals = [] }

  /// The numbers of one range, both ends within.
  package init(_ low: UInt128, _ high: UInt128) { intervals = [Interval(low, high)] }

  /// The union of ranges in any order.
  ///
  /// Linear when they come sorted, else a sort more.
  package init(_ unsorted: some Sequence<Interval>) {
    var sorted = Array(unsorted)
    if !Self.isSorted(sorted) { sorted.sort { $0.low < $1.low } }
    intervals = []
    intervals.reserveCapacity(sorted.count)
    for interval in sorted { append(interval) }
  }

  /// Whether no number is in the set.
  package var isEmpty: Bool { intervals.isEmpty }

  /// The lowest number of the set; `nil` when it is empty.
  package var lowest: UInt128? { intervals.first?.low }

  private static func isSorted(_ ranges: [Interval]) -> Bool {
    for index in ranges.indices.dropFirst() where ranges[index].low < ranges[index - 1].low {
      return false
    }
    return true
  }

  /// Adds a range that does not begin below the last one's beginning.
  private mutating func append(_ interval: Interval) {
    guard let last = intervals.last,
      last.high == UInt128.max || interval.low <= last.high + 1
    else {
      intervals.append(interval)
      return
    }
    intervals[intervals.count - 1].high = max(last.high, interval.high)
  }
}

extension IntervalSet {
  /// Whether the number is in the set; the cost is logarithmic.
  package func contains(_ number: UInt128) -> Bool {
    let index = firstIndex(endingAtOrAfter: number)
    return index < intervals.count && intervals[index].low <= number
  }

  /// Whether any number of the range is in the set.
  package func intersects(_ low: UInt128, _ high: UInt128) -> Bool {
    let index = firstIndex(endingAtOrAfter: low)
    return index < intervals.count && intervals[index].low <= high
  }

  /// The numbers that both sets have.
  ///
  /// The cost is the sum of both, or for a few ranges against many, the few times a logarithm.
  package func intersection(_ other: IntervalSet) -> IntervalSet {
    let (few, many) = intervals.count < other.intervals.count ? (self, other) : (other, self)
    var result = IntervalSet()
    var index = 0
    for interval in few.intervals {
      index = many.firstIndex(endingAtOrAfter: interval.low, from: index)
      var cursor = index
      while cursor < many.intervals.count, many.intervals[cursor].low <= interval.high {
        let found = many.intervals[cursor]
        result.intervals.append(
          Interval(max(found.low, interval.low), min(found.high, interval.high)))
        cursor += 1
      }
    }
    return result
  }

  /// The numbers that either set has.
  package func union(_ other: IntervalSet) -> IntervalSet {
    if isEmpty { return other }
    if other.isEmpty { return self }
    var result = IntervalSet()
    result.intervals.reserveCapacity(intervals.count + other.intervals.count)
    var (left, right) = (0, 0)
    while left < intervals.count || right < other.intervals.count {
      let takesLeft =
        right == other.intervals.count
        || (left < intervals.count && intervals[left].low <= other.intervals[right].low)
      result.append(takesLeft ? intervals[left] : other.intervals[right])
      if takesLeft { left += 1 } else { right += 1 }
    }
    return result
  }

  /// Takes away the numbers of the other set.
  ///
  /// Each range taken away costs a logarithm, and a move of the ranges behind where the count changes.
  package mutating func subtract(_ other: IntervalSet) {
    guard !isEmpty, !other.isEmpty else { return }
    if other.intervals.count > 8 {
      self = subtracting(other)
      return
    }
    for interval in other.intervals { remove(interval) }
  }

  /// The numbers of this set that the other has not; the cost is the sum of both.
  package func subtracting(_ other: IntervalSet) -> IntervalSet {
    var result = IntervalSet()
    var index = 0
    for var interval in intervals {
      index = other.firstIndex(endingAtOrAfter: interval.low, from: index)
      var cursor = index
      var isSpent = false
      while cursor < other.intervals.count, other.intervals[cursor].low <= interval.high {
        let taken = other.intervals[cursor]
        if taken.low > interval.low {
          result.intervals.append(Interval(interval.low, taken.low - 1))
        }
        guard taken.high < interval.high else {
          isSpent = true
          break
        }
        interval.low = taken.high + 1
        cursor += 1
      }
      if !isSpent { result.intervals.append(interval) }
    }
    return result
  }

  private mutating func remove(_ taken: Interval) {
    let first = firstIndex(endingAtOrAfter: taken.low)
    var end = first
    var rest: [Interval] = []
    while end < intervals.count, intervals[end].low <= taken.high {
      let interval = intervals[end]
      if interval.low < taken.low { rest.append(Interval(interval.low, taken.low - 1)) }
      if interval.high > taken.high { rest.append(Interval(taken.high + 1, interval.high)) }
      end += 1
    }
    if end > first { intervals.replaceSubrange(first..<end, with: rest) }
  }

  /// The index of the first range that ends at the number or behind it.
  private func firstIndex(endingAtOrAfter number: UInt128, from start: Int = 0) -> Int {
    var (low, high) = (start, intervals.count)
    while low < high {
      let middle = low + (high - low) / 2
      if intervals[middle].high < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
