import Glibc
import Reporting
import Testing

@testable import Delivery

@Suite("A queue's state")
struct QueueStateTests {
  private var failed: QueueState {
    var state = QueueState()
    state.delivered(3, at: SpoolWorld.now)
    state.droppedTotal = 2
    state.rejectedTotal = 1
    state.failed("503 \"busy\"\n\u{1b}[31m\\", waitSeconds: 60, at: SpoolWorld.now)
    return state
  }

  @Test("is the same after a run")
  func roundTrip() throws {
    let state = failed
    #expect(try QueueState(parsing: state.json) == state)
    #expect(try QueueState(parsing: QueueState().json) == QueueState())
    #expect(state.lastError == #"503 "busy"\n\u{1b}[31m\"#)
  }

  @Test("keeps no more of an answer than fits a line")
  func boundedError() {
    var state = QueueState()
    state.note(String(repeating: "x", count: 5000))
    #expect(state.lastError?.count == QueueState.errorLimit + 1)
  }

  @Test("that is damaged gives way to a new one, which says so")
  func damaged() throws {
    let files = CrashableFiles()
    let spool = Spool(files)
    _ = try spool.open(queues: [SpoolWorld.logs], at: SpoolWorld.now)
    let path = SpoolLayout.state(of: SpoolWorld.logs)
    let whole = failed.json
    for length in [0, 1, whole.count / 2, whole.count - 2] {
      try files.replace(path, Array(whole[..<length]))
      let state = spool.state(of: SpoolWorld.logs)
      #expect(state.damagedTotal == 1)
      #expect(state.notBefore == nil)
    }
    try files.replace(path, Array(#"{"failures": -1}"#.utf8))
    #expect(spool.state(of: SpoolWorld.logs).damagedTotal == 1)
    try files.remove(path)
    #expect(spool.state(of: SpoolWorld.logs) == QueueState())
  }

  @Test("waits no longer than was meant, though the clock is set back")
  func clockSetBack() {
    var state = failed
    #expect(state.wait(at: SpoolWorld.moment(59)) == SpoolWorld.moment(60))
    #expect(state.wait(at: SpoolWorld.moment(60)) == nil)
    // Back by a year: it waits its minute from then.
    let back = SpoolWorld.moment(-31_536_000)
    let isClipped = state.clipWait(at: back)
    #expect(isClipped)
    #expect(state.wait(at: back) == back.adding(seconds: 60))
    let isClippedAgain = state.clipWait(at: back.adding(seconds: 30))
    #expect(!isClippedAgain)
    #expect(state.wait(at: back.adding(seconds: 60)) == nil)
  }

  @Test("that names a wait beyond all bounds is clipped too")
  func forgedWait() throws {
    var state = try QueueState(
      parsing: Array(#"{"notBefore": "9999-01-01T00:00:00.000Z", "waitSeconds": 99999999999}"#.utf8)
    )
    let isClipped = state.clipWait(at: SpoolWorld.now)
    #expect(isClipped)
    #expect(state.notBefore == SpoolWorld.moment(Backoff.longestWait))
  }
}

@Suite("The backoff")
struct BackoffTests {
  @Test(
    "doubles its bound with each failure, up to the cap",
    arguments: [(0, 30), (1, 60), (2, 120), (6, 1920), (7, 3600), (8, 3600), (1_000_000, 3600)])
  func bounds(failures: Int, bound: Int) {
    let backoff = Backoff()
    #expect(backoff.wait(afterFailures: failures, asked: nil, random: { $0 }) == bound)
    #expect(backoff.wait(afterFailures: failures, asked: nil, random: { _ in 0 }) == 0)
  }

  @Test(
    "honours what the receiver asks for, up to a day",
    arguments: [(0, 0), (120, 120), (86_400, 86_370), (.max, 86_370), (-5, 0)])
  func asked(seconds: Int, least: Int) {
    let backoff = Backoff()
    #expect(backoff.wait(afterFailures: 9, asked: seconds, random: { _ in 0 }) == least)
    #expect(backoff.wait(afterFailures: 9, asked: seconds, random: { $0 }) == least + 30)
  }
}
