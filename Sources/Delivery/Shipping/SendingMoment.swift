package import Reporting

/// When what waits is sent, for receivers that are not told of each run at once.
///
/// Time is cut into intervals that begin at a moment of each host's own. The first run in each sends all that
/// came together. So hosts that all sent in one minute, as behind an outage, part again by the next interval.
package struct SendingMoment: Sendable, Hashable {
  private let intervalMilliseconds: Int64
  private let offsetMilliseconds: Int64

  /// - Parameters:
  ///   - seconds: from one request to the next at least; 0 sends at each run.
  ///   - spread: this host's.
  package init(everySeconds seconds: Int, spread: Spread) {
    intervalMilliseconds = Int64(max(0, seconds)) * 1000
    offsetMilliseconds = Int64(spread.offsetMilliseconds(withinSeconds: seconds))
  }

  /// Whether it is time to send.
  ///
  /// - Parameter last: when the receiver last took something; `nil` for never.
  package func isDue(at now: Timestamp, last: Timestamp?) -> Bool {
    guard intervalMilliseconds > 0, let last else { return true }
    // Also where the clock was set back: nobody knows how long ago it was.
    return interval(of: now) != interval(of: last)
  }

  private func interval(of time: Timestamp) -> Int64 {
    let milliseconds = time.millisecondsSinceEpoch &- offsetMilliseconds
    let (quotient, rest) = milliseconds.quotientAndRemainder(dividingBy: intervalMilliseconds)
    return rest < 0 ? quotient - 1 : quotient
  }
}
