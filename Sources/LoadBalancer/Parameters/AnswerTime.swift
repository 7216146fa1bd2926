/// What becomes of a real server whose answers take so long.
package enum AnswerTime: Sendable, Hashable, CaseIterable {
  /// Every probe is answered in time.
  case inTime
  /// Near enough to TimeOut that some probes fail: now healthy, now not, as load comes and goes.
  case flaps
  /// Every probe fails.
  case tooLate

  /// Part of TimeOut from which answers are near it: other requests easily add the rest.
  package static let nearPermille = 750

  package init(milliseconds: Int, timeOut: Int) {
    let limit = timeOut * 1000
    if milliseconds >= limit {
      self = .tooLate
    } else {
      self = milliseconds * 1000 >= limit * Self.nearPermille ? .flaps : .inTime
    }
  }

  /// The longest that answers may take without flapping, in milliseconds.
  package static func longestInTime(timeOut: Int) -> Int { timeOut * nearPermille - 1 }
}
