import Delivery
import Reporting

/// One host of the fleet: what its spool and its backoff hold.
struct FleetHost: Sendable {
  /// Seconds from the interval's begin to its runs.
  let offset: Int
  /// Numbers of the reports that wait, oldest first: each is the second that it was made in.
  private(set) var waiting: [Int32] = []
  private var failures = 0
  private var notBefore = 0
  private var lastDelivery: Timestamp?
  private let moment: SendingMoment

  init(number: Int, _ plan: FleetPlan) {
    // As hosts of one image are: only the network card tells them apart.
    let card = String(number, radix: 16)
    let spread = Spread(of: ["one image", "web", "52:54:00:\(card)"])
    moment = SendingMoment(everySeconds: plan.sendInterval, spread: spread)
    offset = plan.isSpread ? spread.offsetMilliseconds(withinSeconds: plan.interval) / 1000 : 0
  }

  /// One run: a report is kept, then what waits is sent, newest first.
  ///
  /// - Parameter send: one request with the reports of these seconds; whether the receiver took it.
  mutating func run(
    at second: Int, _ plan: FleetPlan, _ random: inout SeededNumbers,
    send: (_ reports: ArraySlice<Int32>) -> Bool
  ) {
    waiting.append(Int32(truncatingIfNeeded: second))
    guard second >= notBefore || !plan.backsOff else { return }
    let now = Timestamp(secondsSinceEpoch: Int64(second))
    guard moment.isDue(at: now, last: lastDelivery) else { return }
    var requests = 0
    while !waiting.isEmpty, requests < plan.requestsInRun {
      requests += 1
      let batch = waiting.suffix(plan.reportsInRequest)
      guard send(batch) else {
        let wait = Backoff().wait(afterFailures: failures, asked: nil) { random.upTo($0) }
        failures += 1
        notBefore = second + wait
        return
      }
      waiting.removeLast(batch.count)
      failures = 0
      lastDelivery = now
    }
  }
}

/// Numbers from a seed, the same at each run (SplitMix64).
struct SeededNumbers: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// From 0 to the most.
  mutating func upTo(_ most: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31) % (UInt64(max(0, most)) + 1))
  }
}
