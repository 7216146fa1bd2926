import Dispatch
import FoundationEssentials
import TestSupport
import Testing

@testable import Delivery

@Suite("Killed at a random moment")
struct KillTests {
  private static let lanes = 4
  private static let runsOfALane = 125

  /// What one state directory saw over all its runs.
  private struct Lane: Sendable {
    var killed = 0
    var stored: Set<String> = []
    /// Lines of the log: queue, id, `whole` or `torn`.
    var delivered: [[String]] = []
    var failure: String?
  }

  @Test(
    "500 times, the spool delivers all it has acknowledged, and nothing torn",
    .timeLimit(.minutes(5)))
  func kills() async throws {
    let program = try #require(Torture.program, "spool-torture is not built")
    let lanes = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        let work = (0..<Self.lanes).map { number in { @Sendable in Self.lane(number, program) } }
        continuation.resume(returning: atOnce(work))
      }
    }
    for lane in lanes { Self.check(lane) }
    let stored = lanes.reduce(0) { $0 + $1.stored.count }
    let arrived = lanes.reduce(0) { $0 + $1.delivered.count }
    let distinct = lanes.reduce(0) { $0 + Set($1.delivered.map { $0[0] + $0[1] }).count }
    let killed = lanes.reduce(0) { $0 + $1.killed }
    print(
      "kill -9: \(killed) kills, \(stored) reports acknowledged for 2 queues, \(arrived) deliveries,",
      "\(arrived - distinct) of them duplicates")
    #expect(killed == Self.lanes * Self.runsOfALane)
    // How many there are is up to the disk.
    #expect(stored > 100)
  }

  private static func lane(_ number: Int, _ program: String) -> Lane {
    var lane = Lane()
    guard let directory = TemporaryDirectory() else {
      lane.failure = "no temporary directory"
      return lane
    }
    var generator = SeededGenerator(seed: UInt64(number))
    let (state, log) = ("\(directory.path)/state", "\(directory.path)/log")
    for run in 0..<runsOfALane {
      let seed = "\(number * 1000 + run)"
      let pause = UInt32.random(in: 0...100_000, using: &generator)
      guard let run = Torture.run(program, [state, log, seed], killAfter: pause) else {
        lane.failure = "spool-torture does not start"
        return lane
      }
      lane.killed += run.wasKilled ? 1 : 0
      lane.stored.formUnion(run.lines.dropFirst())
      if !run.wasKilled { lane.failure = "run \(seed) ended with \(run.status)" }
    }
    if Torture.run(program, [state, log, "drain"], killAfter: nil)?.status != 0 {
      lane.failure = "the last run failed"
    }
    let text = (try? String(contentsOf: URL(filePath: log), encoding: .utf8)) ?? ""
    lane.delivered = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    return lane
  }

  private static func check(_ lane: Lane) {
    #expect(lane.failure == nil)
    for queue in ["central.logs", "hook.report"] {
      let arrived = Set(lane.delivered.filter { $0[0] == queue }.map { $0[1] })
      let lost = lane.stored.subtracting(arrived)
      #expect(lost.isEmpty, "\(queue) lost \(lost.sorted().prefix(10))")
    }
    #expect(lane.delivered.allSatisfy { $0.count == 3 && $0[2] == "whole" })
  }
}
