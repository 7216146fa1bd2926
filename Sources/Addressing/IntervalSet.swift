/// A set of unsigned numbers, kept as sorted ranges that neither overlap nor touch.
///
/// Addresses, ports and marks are all held so, as the number that their bits are in host order. The ranges stand in
/// chunks, so that a change of one among very many moves only its neighbours.
package struct IntervalSet: Sendable {
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

  /// Where a range stands.
  struct Position {
    var chunk: Int
    var offset: Int
  }

  static let chunkLimit = 768

  /// Ascending; none is empty, and with more than one none is longer than the limit.
  var chunks: [[Interval]]

  /// The empty set.
  package init() { chunks = [] }

  /// The numbers of one range, both ends within.
  package init(_ low: UInt128, _ high: UInt128) { chunks = [[Interval(low, high)]] }

  /// The union of ranges in any order.
  ///
  /// Linear when they come sorted, else a sort more.
  package init(_ unsorted: some Collection<Interval>) {
    chunks = []
    if Self.isSorted(unsorted) {
      for interval in unsorted { append(interval) }
    } else {
      for interval in unsorted.sorted(by: { $0.low < $1.low }) { append(interval) }
    }
  }

  /// The ranges, ascending, with a gap between each and the next.
  package var intervals: FlattenSequence<[[Interval]]> { chunks.joined() }

  /// How many ranges the set has.
  package var intervalCount: Int { chunks.reduce(0) { $0 + $1.count } }

  /// Whether no number is in the set.
  package var isEmpty: Bool { chunks.isEmpty }

  /// The lowest number of the set; `nil` when it is empty.
  package var lowest: UInt128? { chunks.first?.first?.low }

  private static func isSorted(_ ranges: some Collection<Interval>) -> Bool {
    var lowest: UInt128 = 0
    for range in ranges {
      guard range.low >= lowest else { return false }
      lowest = range.low
    }
    return true
  }

  /// Adds a range that does not begin below the last one's beginning.
  mutating func append(_ interval: Interval) {
    guard let chunk = chunks.indices.last, let last = chunks[chunk].indices.last else {
      chunks.append([interval])
      return
    }
    let end = chunks[chunk][last].high
    if end == UInt128.max || interval.low <= end + 1 {
      chunks[chunk][last].high = max(end, interval.high)
    } else if chunks[chunk].count < Self.chunkLimit {
      chunks[chunk].append(interval)
    } else {
      chunks.append([interval])
    }
  }

  /// The first range that ends at the number or behind it, from a position on; `nil` for none.
  func position(
    endingAtOrAfter number: UInt128, from start: Position = Position(chunk: 0, offset: 0)
  ) -> Position? {
    var (low, high) = (start.chunk, chunks.count)
    while low < high {
      let middle = low + (high - low) / 2
      let chunk = chunks[middle]
      if chunk[chunk.count - 1].high < number { low = middle + 1 } else { high = middle }
    }
    guard low < chunks.count else { return nil }
    return Position(
      chunk: low,
      offset: Self.offset(
        in: chunks[low], endingAtOrAfter: number, from: low == start.chunk ? start.offset : 0))
  }

  private static func offset(
    in chunk: [Interval], endingAtOrAfter number: UInt128, from start: Int
  ) -> Int {
    var (low, high) = (start, chunk.count)
    while low < high {
      let middle = low + (high - low) / 2
      if chunk[middle].high < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The range at a position; `nil` behind the last.
  func interval(at position: Position) -> Interval? {
    guard position.chunk < chunks.count, position.offset < chunks[position.chunk].count else {
      return nil
    }
    return chunks[position.chunk][position.offset]
  }

  /// The position behind this one.
  func next(_ position: Position) -> Position {
    position.offset + 1 < chunks[position.chunk].count
      ? Position(chunk: position.chunk, offset: position.offset + 1)
      : Position(chunk: position.chunk + 1, offset: 0)
  }
}

extension IntervalSet: Hashable {
  package static func == (left: IntervalSet, right: IntervalSet) -> Bool {
    left.intervals.elementsEqual(right.intervals)
  }

  package func hash(into hasher: inout Hasher) {
    // The ends tell nearly all sets apart; equality looks at every range.
    hasher.combine(intervalCount)
    hasher.combine(chunks.first?.first)
    hasher.combine(chunks.last?.last)
  }
}
