import Glibc
import Testing

@testable import Delivery

@Suite("The spool")
struct SpoolTests {
  private let files = CrashableFiles()
  private let queues = [SpoolWorld.logs, SpoolWorld.webhook]

  private func opened(_ limits: SpoolLimits = SpoolLimits()) throws -> Spool {
    let spool = Spool(files, limits: limits)
    _ = try spool.open(queues: queues, at: SpoolWorld.now)
    return spool
  }

  private func ids(_ spool: Spool, _ queue: QueueName = SpoolWorld.logs) throws -> [String] {
    try spool.waiting(in: queue).map(\.reportID)
  }

  @Test("gives a report to each queue, and keeps nothing else of it")
  func fanOut() throws {
    let spool = try opened()
    let stored = try spool.store("r1", queues: queues)
    #expect(stored == Spool.Stored())
    for queue in queues { #expect(try ids(spool, queue) == ["r1"]) }
    #expect(try files.list(SpoolLayout.incoming).isEmpty)
    #expect(try spool.document(ofReport: "r1") == SpoolWorld.document("r1"))
    #expect(try spool.document(ofReport: "r2") == nil)
  }

  @Test("names files by time and id, which order them")
  func names() throws {
    let spool = try opened(SpoolLimits(age: 1 << 40))
    for (id, seconds) in [("b", 5), ("a", 5), ("old", -9_999_999_999), ("z", 7)] {
      try spool.store(id, seconds: seconds, queues: [SpoolWorld.logs])
    }
    #expect(try ids(spool) == ["z", "b", "a", "old"])
    let names = try files.list(SpoolLayout.directory(of: SpoolWorld.logs)).map(\.name).sorted()
    #expect(names.last == "1772352007000-z.report")
    #expect(names.first == "0000000000000-old.report")
  }

  @Test(
    "refuses an id that is no file's name",
    arguments: ["", "a/b", "..\u{0}", "ä", String(repeating: "a", count: 65), "a b"])
  func badID(id: String) throws {
    let spool = try opened()
    #expect(throws: SpoolError.unusableReportID(id)) {
      try spool.store(
        document: [], reportID: id, takenAt: SpoolWorld.now, queues: queues, at: SpoolWorld.now)
    }
  }

  @Test("refuses a document that no receiver would take")
  func tooLarge() throws {
    let spool = try opened()
    let limit = SpoolFrame.documentLimit
    #expect(throws: SpoolError.tooLarge(bytes: limit + 1, limit: limit)) {
      try spool.store(
        document: [UInt8](repeating: 0, count: limit + 1), reportID: "r", takenAt: SpoolWorld.now,
        queues: queues, at: SpoolWorld.now)
    }
  }

  @Test("drops the oldest beyond its number of files, and counts them")
  func fileLimit() throws {
    let spool = try opened(SpoolLimits(files: 2))
    for number in 1...5 { try spool.store("r\(number)", seconds: number, queues: queues) }
    #expect(try ids(spool) == ["r5", "r4"])
    #expect(spool.state(of: SpoolWorld.logs).droppedTotal == 3)
    #expect(try spool.status(queues: queues).queues.map(\.droppedTotal) == [3, 3])
  }

  @Test("drops the oldest beyond its bytes, but never the newest")
  func byteLimit() throws {
    let spool = try opened(SpoolLimits(bytes: 5000))
    for number in 1...3 {
      try spool.store("r\(number)", seconds: number, bytes: 2000, queues: queues)
    }
    #expect(try ids(spool) == ["r3", "r2"])
    try spool.store("large", seconds: 9, bytes: 20_000, queues: queues)
    #expect(try ids(spool) == ["large"])
  }

  @Test("drops what is too old, but nothing of the future")
  func age() throws {
    let spool = try opened(SpoolLimits(age: 100))
    try spool.store("old", seconds: 0, queues: queues)
    try spool.store("future", seconds: 1_000_000, queues: queues)
    #expect(try ids(spool) == ["future"])
    // The clock was set right again.
    #expect(
      spool.trim(SpoolLayout.directory(of: SpoolWorld.logs), to: spool.limits, at: SpoolWorld.now)
        == 0)
  }

  @Test("takes a copy where a file can have one name only", arguments: [EPERM, EMLINK, EXDEV])
  func noLinks(number: Int32) throws {
    let spool = try opened()
    files.withDisk { $0.lastingFaults["link"] = number }
    #expect(try spool.store("r1", queues: queues) == Spool.Stored())
    for queue in queues { #expect(try ids(spool, queue) == ["r1"]) }
  }

  @Test("finishes at the next run what a queue could not be given")
  func unfinishedFanOut() throws {
    let spool = try opened()
    files.withDisk { $0.faults["link"] = [0, EIO] }
    let stored = try spool.store("r1", queues: queues)
    #expect(stored.failure?.number == EIO)
    #expect(try ids(spool, SpoolWorld.webhook).isEmpty)
    let recovery = try spool.open(queues: queues, at: SpoolWorld.now)
    #expect(recovery == Spool.Recovery(finished: 1))
    for queue in queues { #expect(try ids(spool, queue) == ["r1"]) }
    #expect(try files.list(SpoolLayout.incoming).isEmpty)
  }

  @Test("takes an unfinished report to the queues it was kept for, whatever the settings are then")
  func otherSettings() throws {
    let spool = try opened()
    files.withDisk { $0.lastingFaults["link"] = EIO }
    try spool.store("r1", queues: queues)
    files.withDisk { $0.lastingFaults = [:] }
    let other = QueueName(receiver: "other", signal: .logs)
    #expect(try spool.open(queues: [other], at: SpoolWorld.now).finished == 1)
    for queue in queues { #expect(try ids(spool, queue) == ["r1"]) }
    #expect(try ids(spool, other).isEmpty)
  }

  @Test("removes what never became whole")
  func leftovers() throws {
    let spool = try opened()
    for directory in [
      SpoolLayout.incoming, SpoolLayout.states, SpoolLayout.directory(of: queues[0]),
    ] {
      try files.create("\(directory)/.part-x", [1])
    }
    #expect(try spool.open(queues: queues, at: SpoolWorld.now).unfinished == 3)
  }

  @Test("lets the oldest give way on a full disk")
  func fullDisk() throws {
    let spool = try opened()
    for number in 1...5 {
      try spool.store("r\(number)", seconds: number, bytes: 4000, queues: queues)
    }
    files.withDisk { $0.capacity = 20_500 }
    let stored = try spool.store("r6", seconds: 6, bytes: 4000, queues: queues)
    #expect(stored.dropped > 0)
    let left = try ids(spool)
    #expect(left.first == "r6")
    #expect(left == Array((1...6).reversed().map { "r\($0)" }.prefix(left.count)))
    #expect(spool.state(of: SpoolWorld.logs).droppedTotal == 6 - left.count)
  }

  @Test("says so when even that makes no room")
  func noRoom() throws {
    let spool = try opened()
    try spool.store("r1", queues: queues)
    files.withDisk { $0.capacity = 10 }
    let error = #expect(throws: SpoolError.self) {
      try spool.store("r2", seconds: 1, queues: queues)
    }
    guard case .full(let cause, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.number == ENOSPC)
    #expect(try files.list(SpoolLayout.incoming).isEmpty)
  }

  @Test(
    "says what cannot be done, once, and keeps what it has",
    arguments: [
      ("open", EROFS), ("open", EACCES), ("write", EIO), ("fsync", EIO), ("rename", EROFS),
      ("fsync of a directory", EIO),
    ])
  func refusals(call: String, number: Int32) throws {
    let spool = try opened()
    try spool.store("r1", queues: queues)
    files.withDisk { $0.lastingFaults[call] = number }
    let error = #expect(throws: SpoolError.self) { try spool.store("r2", queues: queues) }
    guard case .files(let cause) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.number == number)
    #expect(cause.call == call)
    files.withDisk { $0.lastingFaults = [:] }
    #expect(try ids(spool) == ["r1"])
    #expect(try files.list(SpoolLayout.incoming).allSatisfy { !$0.name.hasPrefix(".part") })
  }

  @Test("removes all of a queue when told, and nothing of another")
  func purge() throws {
    let spool = try opened()
    for number in 1...3 { try spool.store("r\(number)", seconds: number, queues: queues) }
    #expect(try spool.purge(SpoolWorld.logs) == 3)
    #expect(try ids(spool).isEmpty)
    #expect(try ids(spool, SpoolWorld.webhook).count == 3)
    #expect(try spool.purgeSetAside() == 0)
  }

  @Test("shows queues that the settings no longer have while they hold something")
  func formerQueues() throws {
    let spool = try opened()
    try spool.store("r1", queues: queues)
    let status = try spool.status(queues: [SpoolWorld.logs])
    #expect(status.queues.map(\.name) == queues)
    #expect(status.queues.map(\.reports) == [1, 1])
    #expect(status.queues.first?.oldest == SpoolWorld.now)
    _ = try spool.purge(SpoolWorld.webhook)
    #expect(try spool.status(queues: [SpoolWorld.logs]).queues.map(\.name) == [SpoolWorld.logs])
  }

  @Test("keeps of queues that the settings no longer have no more than of others")
  func formerQueuesAge() throws {
    let spool = try opened()
    try spool.store("r1", queues: queues)
    let late = SpoolWorld.moment(spool.limits.age + 1)
    _ = try spool.open(queues: [SpoolWorld.logs], at: late)
    #expect(try ids(spool, SpoolWorld.webhook).isEmpty)
    #expect(spool.state(of: SpoolWorld.webhook).droppedTotal == 1)
    // A queue that is drained is trimmed then, by a run that tells of it.
    #expect(try ids(spool) == ["r1"])
  }
}
