import Testing

@testable import Delivery

@Suite("A plan of batches")
struct BatchPlanTests {
  private func plan(_ reports: Int, bytes: Int = 1 << 20) -> BatchPlan {
    BatchPlan(limit: BatchLimit(reports: reports, bytes: bytes))
  }

  @Test(
    "fills a request to its limits, and always takes one",
    arguments: [
      ([], 0), ([10], 1), ([10, 10, 10], 3), ([10, 10, 10, 10], 3), ([60, 60], 1), ([200, 1], 1),
      ([50, 50, 1], 2),
    ])
  func limits(sizes: [Int], count: Int) {
    #expect(plan(3, bytes: 100).count(of: sizes) == count)
  }

  @Test(
    "finds the one bad report among many", arguments: [1, 2, 3, 7, 64, 100], [0, 1, 5, 63, 99])
  func splitting(reports: Int, bad: Int) {
    guard bad < reports else { return }
    var plan = plan(64)
    var waiting = Array(0..<reports)
    var delivered: [Int] = []
    var rejected: [Int] = []
    var requests = 0
    while !waiting.isEmpty {
      let count = plan.count(of: waiting.map { _ in 1 })
      let batch = waiting.prefix(count)
      requests += 1
      if !batch.contains(bad) {
        delivered += batch
      } else if batch.count > 1 {
        plan.refused(count)
        continue
      } else {
        rejected += batch
      }
      waiting.removeFirst(count)
      plan.resolved(count)
    }
    #expect(rejected == [bad])
    #expect(delivered == (0..<reports).filter { $0 != bad })
    // Two requests for each halving, and those for the rest.
    #expect(requests <= 2 * 6 + 1 + reports / 64 + 1)
    #expect(!plan.isSplitting)
  }

  @Test("goes on right behind reports that vanished in the midst of a split")
  func vanished() {
    var plan = plan(8)
    plan.refused(8)
    #expect(plan.count(of: Array(repeating: 1, count: 8)) == 4)
    plan.resolved(5)
    #expect(plan.count(of: Array(repeating: 1, count: 20)) == 3)
    plan.resolved(3)
    #expect(plan.count(of: Array(repeating: 1, count: 20)) == 8)
  }
}
