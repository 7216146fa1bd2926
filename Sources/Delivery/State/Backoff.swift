/// How long to wait after requests that failed: exponential, with full jitter.
///
/// wait = random(0, min(cap, base · 2^n)), so that hosts which failed together do not come back together.
/// Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
package struct Backoff: Sendable, Hashable {
  /// Seconds.
  package var base: Int
  /// Seconds.
  package var cap: Int

  package init(base: Int = 30, cap: Int = 3600) {
    self.base = base
    self.cap = cap
  }

  /// The longest wait that a receiver may ask for: a day, in seconds.
  package static let longestWait = 86_400

  /// Seconds until the next request.
  ///
  /// - Parameters:
  ///   - failures: requests that had failed in a row before the one that just did.
  ///   - asked: what the receiver asked for, in seconds. The wait is never less; so that hosts which were
  ///     told the same do not come back together, it is up to `base` more.
  ///   - random: a number from 0 to its argument.
  package func wait(
    afterFailures failures: Int, asked: Int?, random: (Int) -> Int
  ) -> Int {
    if let asked { return min(max(0, asked), Self.longestWait - base) + random(base) }
    // 2^20 s is beyond every cap that makes sense, and far from overflow.
    return random(min(cap, base << min(max(0, failures), 20)))
  }
}
