/// Plays a fleet second by second, with the agent's own spread, backoff and merging.
struct FleetRun {
  private let plan: FleetPlan
  private var hosts: [FleetHost]
  private var random = SeededNumbers(seed: 1)
  private(set) var outcome = FleetOutcome()

  init(_ plan: FleetPlan) {
    self.plan = plan
    hosts = (0..<plan.hosts).map { FleetHost(number: $0, plan) }
  }

  /// Plays to the end.
  ///
  /// - Parameter deliver: makes a request that the receiver of the play would take; whether it did.
  mutating func play(deliver: (_ host: Int, _ reports: ArraySlice<Int32>) -> Bool) {
    outcome.requests = [Int](repeating: 0, count: plan.duration)
    var byOffset = [[Int]](repeating: [], count: plan.interval)
    for number in hosts.indices { byOffset[hosts[number].offset].append(number) }
    for second in 0..<plan.duration {
      for number in byOffset[second % plan.interval] {
        hosts[number].run(at: second, plan, &random) { reports in
          outcome.requests[second] += 1
          let isOver = plan.capacity.map { outcome.requests[second] > $0 } ?? false
          guard !plan.outage.contains(second), !isOver else {
            outcome.failed += 1
            return false
          }
          guard deliver(number, reports) else {
            outcome.failed += 1
            return false
          }
          outcome.delivered += reports.count
          return true
        }
      }
      noteEnd(of: second)
    }
    outcome.waiting = hosts.reduce(0) { $0 + $1.waiting.count }
  }

  /// Notes when, after the outage, every host had sent what it had kept before the return.
  private mutating func noteEnd(of second: Int) {
    guard second >= plan.outage.upperBound, outcome.drainedAt == nil,
      second % plan.interval == plan.interval - 1,
      hosts.allSatisfy({ $0.waiting.first.map { Int($0) >= plan.outage.upperBound } ?? true })
    else { return }
    outcome.drainedAt = second
  }
}

/// What a play came to.
struct FleetOutcome: Sendable, Hashable {
  /// Requests in each second, also those that failed.
  var requests: [Int] = []
  var failed = 0
  /// Reports that the receiver has.
  var delivered = 0
  /// Reports that still wait at the end.
  var waiting = 0
  /// The second by which nothing of the outage waited any more; `nil` where something still does.
  var drainedAt: Int?

  /// The most requests in one of these seconds.
  func peak(_ seconds: Range<Int>) -> Int {
    requests[seconds.clamped(to: requests.indices)].max() ?? 0
  }
}
