extension VerdictHistory {
  /// The recent past of one target or finding.
  struct Track: Sendable, Hashable, Codable {
    /// Its verdict or severity; `nil` where it was looked for and not there.
    private(set) var state: String?
    /// Seconds since 1970.
    private(set) var since: Int64 = 0
    /// The run that last looked for it; 0 for none.
    private(set) var lastRun = 0
    /// The runs of late at which it changed.
    private var changedAt: [Int] = []

    /// Whether the last look found it.
    var isPresent: Bool { state != nil }

    /// Runs that are looked at for flapping, an hour of one each five minutes.
    private static let window = 12
    /// Changes within the window that are flapping: two full turns.
    private static let flappingChanges = 4

    /// Takes what one run says of it.
    ///
    /// - Parameter state: `nil` where it is not there.
    mutating func take(state new: String?, run: Int, at time: Timestamp) -> Standing {
      let isFirst = lastRun == 0
      let old = state
      lastRun = run
      if isFirst || new != old {
        state = new
        since = time.secondsSinceEpoch
        if !isFirst { changedAt.append(run) }
      }
      // The clock was wrong then, or is now: nothing began after now.
      since = min(since, time.secondsSinceEpoch)
      changedAt.removeAll { run &- $0 >= Self.window }
      let change: Standing.Change =
        if changedAt.count >= Self.flappingChanges {
          .flapping
        } else if isFirst || (new != old && old == nil) {
          .new
        } else {
          new == old ? .unchanged : .changed
        }
      return Standing(since: Timestamp(secondsSinceEpoch: since), change: change)
    }
  }
}
