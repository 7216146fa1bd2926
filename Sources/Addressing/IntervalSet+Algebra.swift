extension IntervalSet {
  /// Whether the number is in the set; the cost is logarithmic.
  package func contains(_ number: UInt128) -> Bool { intersects(number, number) }

  /// Whether any number of the range is in the set.
  package func intersects(_ low: UInt128, _ high: UInt128) -> Bool {
    guard let place = position(endingAtOrAfter: low), let found = interval(at: place) else {
      return false
    }
    return found.low <= high
  }

  /// The numbers that both sets have.
  ///
  /// The cost is that of the shorter set times a logarithm of the longer.
  package func intersection(_ other: IntervalSet) -> IntervalSet {
    let isShorter = intervalCount < other.intervalCount
    let (few, many) = isShorter ? (self, other) : (other, self)
    var result = IntervalSet()
    var start = Position(chunk: 0, offset: 0)
    for interval in few.intervals {
      guard let first = many.position(endingAtOrAfter: interval.low, from: start) else { break }
      start = first
      var cursor = first
      while let found = many.interval(at: cursor), found.low <= interval.high {
        result.append(Interval(max(found.low, interval.low), min(found.high, interval.high)))
        cursor = many.next(cursor)
      }
    }
    return result
  }

  /// The numbers that either set has.
  ///
  /// A few ranges are put in among many where they belong; else the cost is the sum of both.
  package func union(_ other: IntervalSet) -> IntervalSet {
    if isEmpty { return other }
    if other.isEmpty { return self }
    let counts = (intervalCount, other.intervalCount)
    if counts.1 * 16 < counts.0 { return inserting(other) }
    if counts.0 * 16 < counts.1 { return other.inserting(self) }
    var result = IntervalSet()
    var left = intervals.makeIterator()
    var right = other.intervals.makeIterator()
    var (one, two) = (left.next(), right.next())
    while one != nil || two != nil {
      if let interval = one, two.map({ interval.low <= $0.low }) ?? true {
        result.append(interval)
        one = left.next()
      } else if let interval = two {
        result.append(interval)
        two = right.next()
      }
    }
    return result
  }

  private func inserting(_ few: IntervalSet) -> IntervalSet {
    var result = self
    for interval in few.intervals { result.insert(interval) }
    return result
  }

  private mutating func insert(_ added: Interval) {
    // Neighbours that only touch are joined too.
    let low = added.low == 0 ? 0 : added.low - 1
    let high = added.high == .max ? added.high : added.high + 1
    replace(from: low, to: high) { joined in
      guard let first = joined.first, let last = joined.last else { return [added] }
      return [Interval(min(first.low, added.low), max(last.high, added.high))]
    }
  }

  /// Takes away the numbers of the other set.
  ///
  /// A few ranges are cut out where they stand; else the cost is the sum of both.
  package mutating func subtract(_ other: IntervalSet) {
    guard !isEmpty, !other.isEmpty else { return }
    if other.intervalCount > 8, other.intervalCount * 16 > intervalCount {
      self = merging(without: other)
      return
    }
    for taken in other.intervals {
      replace(from: taken.low, to: taken.high) { cut in
        var rest: [Interval] = []
        if let first = cut.first, first.low < taken.low {
          rest.append(Interval(first.low, taken.low - 1))
        }
        if let last = cut.last, last.high > taken.high {
          rest.append(Interval(taken.high + 1, last.high))
        }
        return rest
      }
    }
  }

  /// The numbers of this set that the other has not.
  package func subtracting(_ other: IntervalSet) -> IntervalSet {
    var result = self
    result.subtract(other)
    return result
  }

  private func merging(without other: IntervalSet) -> IntervalSet {
    var result = IntervalSet()
    var start = Position(chunk: 0, offset: 0)
    for var interval in intervals {
      guard let first = other.position(endingAtOrAfter: interval.low, from: start) else {
        result.append(interval)
        continue
      }
      start = first
      var cursor = first
      var isSpent = false
      while let taken = other.interval(at: cursor), taken.low <= interval.high {
        if taken.low > interval.low { result.append(Interval(interval.low, taken.low - 1)) }
        guard taken.high < interval.high else {
          isSpent = true
          break
        }
        interval.low = taken.high + 1
        cursor = other.next(cursor)
      }
      if !isSpent { result.append(interval) }
    }
    return result
  }

  /// Replaces the ranges that share a number with `low...high` by others in the same place.
  private mutating func replace(
    from low: UInt128, to high: UInt128, by others: ([Interval]) -> [Interval]
  ) {
    guard let first = position(endingAtOrAfter: low) else {
      for interval in others([]) { append(interval) }
      return
    }
    var cursor = first
    var replaced: [Interval] = []
    while let found = interval(at: cursor), found.low <= high {
      replaced.append(found)
      cursor = next(cursor)
    }
    let new = others(replaced)
    if replaced.isEmpty, new.isEmpty { return }
    if cursor.chunk == first.chunk || (cursor.offset == 0 && cursor.chunk == first.chunk + 1) {
      let end = first.offset + replaced.count
      chunks[first.chunk].replaceSubrange(first.offset..<end, with: new)
    } else {
      var joined = Array(chunks[first.chunk][..<first.offset]) + new
      if cursor.chunk < chunks.count { joined += chunks[cursor.chunk][cursor.offset...] }
      let end = min(cursor.chunk + 1, chunks.count)
      chunks.replaceSubrange(first.chunk..<end, with: [joined])
    }
    settle(first.chunk)
  }

  /// Keeps a chunk that has changed neither empty nor too long.
  private mutating func settle(_ index: Int) {
    let count = chunks[index].count
    if count == 0 {
      chunks.remove(at: index)
    } else if count > Self.chunkLimit {
      let half = count / 2
      let tail = Array(chunks[index][half...])
      chunks[index].removeSubrange(half...)
      chunks.insert(tail, at: index + 1)
    }
  }
}
