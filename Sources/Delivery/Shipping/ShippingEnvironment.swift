internal import Glibc
package import Reporting

/// What a run takes from outside besides files: time and chance.
package struct ShippingEnvironment: Sendable {
  /// The wall clock, which may jump.
  package var now: @Sendable () -> Timestamp
  /// Milliseconds of a clock that never jumps.
  package var elapsedMilliseconds: @Sendable () -> Int
  /// A random number from 0 to the argument.
  package var random: @Sendable (Int) -> Int

  package init(
    now: @escaping @Sendable () -> Timestamp,
    elapsedMilliseconds: @escaping @Sendable () -> Int,
    random: @escaping @Sendable (Int) -> Int
  ) {
    self.now = now
    self.elapsedMilliseconds = elapsedMilliseconds
    self.random = random
  }

  /// The machine's own.
  package static var system: ShippingEnvironment {
    ShippingEnvironment(
      now: {
        let time = Self.read(CLOCK_REALTIME)
        return Timestamp(secondsSinceEpoch: Int64(time.tv_sec), nanoseconds: time.tv_nsec)
      },
      elapsedMilliseconds: {
        let time = Self.read(CLOCK_MONOTONIC)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
      },
      random: { Int.random(in: 0...max(0, $0)) })
  }

  private static func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    clock_gettime(clock, &time)
    return time
  }
}
