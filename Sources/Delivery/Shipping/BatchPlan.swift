/// How many waiting reports go into the next request.
///
/// A refused request is split in halves, down to the one report that is at fault. The reports that are known
/// to hold such a one are always the next to go, so a plan is nothing but the sizes of those halves.
struct BatchPlan: Sendable, Hashable {
  let limit: BatchLimit
  /// Reports of refused requests, in halves, the next one last.
  private var halves: [Int] = []

  init(limit: BatchLimit) { self.limit = limit }

  /// Whether the next reports were in a request that was refused.
  var isSplitting: Bool { !halves.isEmpty }

  /// How many reports the next request holds: at least one, if there is one.
  ///
  /// - Parameter sizes: of the waiting reports in bytes, the next one first.
  func count(of sizes: some Sequence<Int>) -> Int {
    let most = halves.last ?? max(1, limit.reports)
    var count = 0
    var bytes = 0
    for size in sizes {
      bytes += size
      guard count < most, count == 0 || bytes <= limit.bytes else { break }
      count += 1
    }
    return count
  }

  /// Takes note that the next so many reports are done with, in whatever way.
  mutating func resolved(_ count: Int) {
    var rest = count
    while rest > 0, let half = halves.popLast() {
      if half > rest { halves.append(half - rest) }
      rest -= half
    }
  }

  /// Takes note that a request of the next so many reports, two at least, was refused.
  mutating func refused(_ count: Int) {
    resolved(count)
    halves.append(count - count / 2)
    halves.append(count / 2)
  }
}
