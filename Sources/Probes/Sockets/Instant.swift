internal import Glibc

/// An instant of the clock that no one sets, CLOCK_MONOTONIC; nanoseconds.
package struct Instant: Sendable, Hashable, Comparable {
  private let nanoseconds: Int64

  /// Now, read without a system call on the kernels that matter (vDSO).
  package static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The instant so many milliseconds later: none of them if negative, a day at most.
  package func advanced(byMilliseconds milliseconds: Int) -> Instant {
    let bounded = min(max(milliseconds, 0), 86_400_000)
    return Instant(nanoseconds: nanoseconds + Int64(bounded) * 1_000_000)
  }

  /// Whole microseconds that have passed since the earlier instant.
  package func microseconds(since earlier: Instant) -> Int {
    Int((nanoseconds - earlier.nanoseconds) / 1000)
  }

  /// Milliseconds from now on for poll(2), rounded up so that it never wakes too early; 0 when past.
  package var millisecondsFromNow: Int32 {
    let remaining = nanoseconds - Instant.now.nanoseconds
    return remaining <= 0 ? 0 : Int32(clamping: (remaining + 999_999) / 1_000_000)
  }
}
