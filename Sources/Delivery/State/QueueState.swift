package import Reporting

/// What is remembered of one queue between runs; totals count from the state directory's making.
package struct QueueState: Sendable, Hashable {
  /// Requests in a row that failed.
  package var failures = 0
  /// No request before this.
  package var notBefore: Timestamp?
  /// What was to wait when `notBefore` was set; more than that means that the clock was set back.
  package var waitSeconds: Int?
  package var deliveredTotal = 0
  /// Removed unsent, for the spool was full or they were too old.
  package var droppedTotal = 0
  /// Reports that the receiver refused for good.
  package var rejectedTotal = 0
  /// Records of delivered reports that the receiver did not take.
  package var rejectedRecordsTotal = 0
  /// Files of the queue that were damaged.
  package var damagedTotal = 0
  package var lastDelivery: Timestamp?
  /// One line without control characters.
  package private(set) var lastError: String?

  package init() {}

  /// Notes that the receiver has so many reports more.
  mutating func delivered(_ reports: Int, at now: Timestamp) {
    failures = 0
    (notBefore, waitSeconds, lastError) = (nil, nil, nil)
    deliveredTotal += reports
    lastDelivery = now
  }

  /// Notes a failure, after which nothing is sent for so long; 0 for what waiting does not mend.
  mutating func failed(_ reason: String, waitSeconds: Int, at now: Timestamp) {
    failures += 1
    note(reason)
    self.waitSeconds = waitSeconds > 0 ? waitSeconds : nil
    notBefore = waitSeconds > 0 ? now.adding(seconds: waitSeconds) : nil
  }

  /// Keeps the reason as one bounded line: receivers write parts of it.
  mutating func note(_ reason: String) {
    lastError = HostText.cut(HostText.terminal(reason), toScalars: Self.errorLimit)
  }

  static let errorLimit = 300

  /// Lets the wait begin anew if the clock was set back meanwhile, so that it never lasts until the clock
  /// has caught up.
  ///
  /// - Returns: whether it was.
  mutating func clipWait(at now: Timestamp) -> Bool {
    guard let notBefore else { return false }
    let longest = min(max(0, waitSeconds ?? 0), Backoff.longestWait)
    let latest = now.adding(seconds: longest)
    guard latest.millisecondsSinceEpoch < notBefore.millisecondsSinceEpoch else { return false }
    self.notBefore = latest
    return true
  }

  /// The moment until which nothing is sent; `nil` where that has come.
  func wait(at now: Timestamp) -> Timestamp? {
    guard let notBefore, now.millisecondsSinceEpoch < notBefore.millisecondsSinceEpoch else {
      return nil
    }
    return notBefore
  }
}
