import Glibc
import Reporting
import Synchronization
import Testing

@testable import Delivery

@Suite("Shipping")
struct ShipperTests {
  private let files = CrashableFiles()
  private let queue = SpoolWorld.logs

  private func spool(
    _ count: Int, limits: SpoolLimits = SpoolLimits(), queues: [QueueName]? = nil
  ) throws -> Spool {
    let spool = Spool(files, limits: limits)
    let queues = queues ?? [queue]
    _ = try spool.open(queues: queues, at: SpoolWorld.now)
    for number in 0..<count { try spool.store("r\(number)", seconds: number, queues: queues) }
    return spool
  }

  private func ship(
    _ spool: Spool, _ receivers: [RecordingReceiver],
    _ options: ShippingOptions = ShippingOptions(), at seconds: Int = 0
  ) throws -> [QueueSummary] {
    try Shipper(
      spool, to: receivers, options: options, environment: SpoolWorld.environment(seconds)
    ).run()
  }

  @Test("goes newest first, several in a request, and leaves nothing")
  func drains() throws {
    let spool = try spool(6)
    let receiver = RecordingReceiver(queue)
    let summary = try #require(try ship(spool, [receiver]).first)
    #expect(receiver.requests == [4, 2])
    #expect(receiver.reportIDs == ["r5", "r4", "r3", "r2", "r1", "r0"])
    #expect(receiver.documents.last == SpoolWorld.document("r0"))
    var expected = QueueSummary(queue)
    (expected.requests, expected.delivered) = (2, 6)
    #expect(summary == expected)
    #expect(try spool.waiting(in: queue).isEmpty)
    let state = spool.state(of: queue)
    #expect(state.deliveredTotal == 6)
    #expect(state.lastDelivery == SpoolWorld.now)
    #expect(receiver.lastStatus?.queues.first?.deliveredTotal == 4)
    #expect(receiver.lastStatus?.queues.first?.reports == 2)
  }

  @Test("that fails waits longer each time, also in later runs")
  func backsOff() throws {
    let spool = try spool(2)
    let receiver = RecordingReceiver(queue) { _ in .postponed(reason: "503", afterSeconds: nil) }
    var moment = 0
    for (failures, wait) in [(1, 30), (2, 60), (3, 120)] {
      let summary = try ship(spool, [receiver], at: moment)[0]
      #expect(summary.end == .postponed(reason: "503", until: SpoolWorld.moment(moment + wait)))
      #expect(summary.left == 2)
      #expect(spool.state(of: queue).failures == failures)
      let steps = files.steps
      let early = try ship(spool, [receiver], at: moment + wait - 1)[0]
      #expect(files.steps == steps, "a run that only waits writes nothing")
      #expect(early.end == .waiting(until: SpoolWorld.moment(moment + wait)))
      moment += wait
    }
    #expect(receiver.requests == [2, 2, 2])
    let willing = RecordingReceiver(queue)
    _ = try ship(spool, [willing], ShippingOptions(ignoresBackoff: true), at: moment - 1)
    #expect(willing.documents.count == 2)
    #expect(spool.state(of: queue).failures == 0)
    #expect(spool.state(of: queue).notBefore == nil)
  }

  @Test("waits no longer because the clock was set back by a year")
  func clockSetBack() throws {
    let spool = try spool(1, limits: SpoolLimits(age: 1 << 40))
    let receiver = RecordingReceiver(queue) { _ in .postponed(reason: "503", afterSeconds: nil) }
    _ = try ship(spool, [receiver])
    let back = -31_536_000
    let first = try ship(spool, [receiver], at: back)[0]
    #expect(first.end == .waiting(until: SpoolWorld.moment(back + 30)))
    let willing = RecordingReceiver(queue)
    #expect(try ship(spool, [willing], at: back + 30)[0].delivered == 1)
  }

  @Test("honours Retry-After")
  func retryAfter() throws {
    let spool = try spool(1)
    let receiver = RecordingReceiver(queue) { _ in .postponed(reason: "429", afterSeconds: 500) }
    _ = try ship(spool, [receiver])
    let notBefore = try #require(spool.state(of: queue).notBefore)
    #expect(notBefore == SpoolWorld.moment(530))
  }

  @Test("sets aside the one report that is refused, and delivers the others")
  func refusal() throws {
    let spool = try spool(8)
    let receiver = RecordingReceiver(queue, limit: BatchLimit(reports: 8, bytes: 1 << 20)) {
      reports in
      reports.contains { $0.reportID == "r3" } ? .refused(reason: "400") : .delivered(warning: nil)
    }
    let summary = try ship(spool, [receiver])[0]
    #expect(receiver.requests == [8, 4, 4, 2, 1, 1, 2])
    #expect(summary.delivered == 7)
    #expect(summary.rejected == 1)
    #expect(summary.end == .drained)
    #expect(try spool.rejected(in: queue).map(\.reportID) == ["r3"])
    #expect(try spool.document(ofReport: "r3") == SpoolWorld.document("r3", seconds: 3))
    #expect(spool.state(of: queue).rejectedTotal == 1)
    #expect(try spool.purgeSetAside() == 1)
  }

  @Test("does not stop in the midst of a split, so that a small budget gets on too")
  func budgetInSplit() throws {
    let spool = try spool(8)
    let receiver = RecordingReceiver(queue, limit: BatchLimit(reports: 8, bytes: 1 << 20)) {
      reports in
      reports.contains { $0.reportID == "r7" } ? .refused(reason: "400") : .delivered(warning: nil)
    }
    let summary = try ship(spool, [receiver], ShippingOptions(requests: 1))[0]
    #expect(receiver.requests == [8, 4, 2, 1])
    #expect(summary.rejected == 1)
    #expect(summary.left == 7)
    #expect(summary.end == .budget)
  }

  @Test("keeps within its requests unless told to send all")
  func budget() throws {
    let spool = try spool(20)
    let receiver = RecordingReceiver(queue)
    let summary = try ship(spool, [receiver], ShippingOptions(requests: 2))[0]
    #expect((summary.delivered, summary.left) == (8, 12))
    #expect(summary.end == .budget)
    let all = try ship(spool, [receiver], ShippingOptions(requests: 2, isUnlimited: true))[0]
    #expect((all.delivered, all.left) == (12, 0))
  }

  @Test("keeps within its time")
  func timeBudget() throws {
    let spool = try spool(20)
    let elapsed = Mutex(0)
    let slow = RecordingReceiver(queue)
    let environment = ShippingEnvironment(
      now: { SpoolWorld.now },
      elapsedMilliseconds: {
        elapsed.withLock { time in
          time += 400
          return time
        }
      }, random: { $0 })
    let summary = try Shipper(
      spool, to: [slow], options: ShippingOptions(milliseconds: 1000), environment: environment
    ).run()[0]
    #expect(summary.end == .budget)
    #expect(summary.requests == 2)
  }

  @Test("stops and keeps all when the settings are at fault")
  func misconfigured() throws {
    let spool = try spool(5)
    let receiver = RecordingReceiver(queue) { _ in .misconfigured(key: "url", reason: "404") }
    let summary = try ship(spool, [receiver])[0]
    #expect(summary.end == .misconfigured(key: "url", reason: "404"))
    #expect(summary.left == 5)
    #expect(receiver.requests.count == 1)
    let state = spool.state(of: queue)
    #expect(state.lastError == "url: 404")
    #expect(state.notBefore == nil)
  }

  @Test("does not send again what a receiver took but for some records")
  func partlyRejected() throws {
    let spool = try spool(2)
    let receiver = RecordingReceiver(queue) { _ in .partlyRejected(count: 3, reason: "too long") }
    let summary = try ship(spool, [receiver])[0]
    #expect((summary.delivered, summary.rejectedRecords) == (2, 3))
    #expect(summary.warning == "too long")
    #expect(try spool.waiting(in: queue).isEmpty)
    #expect(spool.state(of: queue).rejectedRecordsTotal == 3)
  }

  @Test(
    "sets aside what is damaged, and delivers the rest",
    arguments: [
      [], Array("garbage".utf8), SpoolFrame(Array("no JSON".utf8)).bytes,
      SpoolFrame(Array(#"{"schemaVersion":2}"#.utf8)).bytes,
      Array(SpoolFrame(SpoolWorld.document("r1")).bytes.dropLast()),
      Array("clb-agent-spool 9 1 0\nx".utf8),
    ])
  func damaged(bytes: [UInt8]) throws {
    let spool = try spool(3)
    let directory = SpoolLayout.directory(of: queue)
    let entry = try #require(try spool.waiting(in: queue).first { $0.reportID == "r1" })
    try files.replace("\(directory)/\(entry.name)", bytes)
    let receiver = RecordingReceiver(queue)
    let summary = try ship(spool, [receiver])[0]
    #expect(receiver.reportIDs == ["r2", "r0"])
    #expect((summary.damaged, summary.delivered, summary.left) == (1, 2, 0))
    #expect(try files.list(SpoolLayout.damaged(of: queue)).map(\.name) == [entry.name])
    #expect(try spool.status(queues: [queue]).damagedTotal == 1)
  }

  @Test("passes over names that are no report's")
  func foreignNames() throws {
    let spool = try spool(1)
    for name in ["lost+found", "x.report", "1-a.report", "notes.txt", "1772352000000-.report"] {
      try files.create("\(SpoolLayout.directory(of: queue))/\(name)", [1])
    }
    let summary = try ship(spool, [RecordingReceiver(queue)])[0]
    #expect(summary.delivered == 1)
    #expect(summary.damaged == 0)
  }

  @Test("trims before it sends anything")
  func trimsFirst() throws {
    _ = try spool(6)
    let small = Spool(files, limits: SpoolLimits(files: 2))
    let receiver = RecordingReceiver(queue)
    let summary = try ship(small, [receiver])[0]
    #expect(receiver.reportIDs == ["r5", "r4"])
    #expect(summary.dropped == 4)
    #expect(small.state(of: queue).droppedTotal == 4)
  }

  @Test("sends nothing that could not be removed then", arguments: [EROFS, EACCES])
  func readOnly(number: Int32) throws {
    let spool = try spool(2)
    files.withDisk { $0.lastingFaults = ["open": number, "rename": number, "unlink": number] }
    let receiver = RecordingReceiver(queue)
    let summary = try ship(spool, [receiver])[0]
    #expect(receiver.requests.isEmpty)
    guard case .unusable(.files(let error)) = summary.end else {
      Issue.record("\(summary.end)")
      return
    }
    #expect(error.number == number)
  }

  @Test("goes on with a full disk, for delivering makes room")
  func fullDisk() throws {
    let spool = try spool(6)
    files.withDisk { $0.capacity = 0 }
    let summary = try ship(spool, [RecordingReceiver(queue)])[0]
    #expect(summary.delivered == 6)
    #expect(summary.end == .drained)
  }

  @Test("is not held up by a receiver that hangs", .timeLimit(.minutes(1)))
  func atOnceWithOthers() throws {
    let others = (1...3).map { QueueName(receiver: "r\($0)", signal: .logs) }
    let spool = try spool(2, queues: [queue] + others)
    let served = Mutex(0)
    // It answers only once the others have everything.
    let hanging = RecordingReceiver(queue) { _ in
      while served.withLock({ $0 }) < 3 { usleep(1000) }
      return .postponed(reason: "time limit", afterSeconds: nil)
    }
    let quick = others.map { queue in
      RecordingReceiver(queue) { _ in
        served.withLock { $0 += 1 }
        return .delivered(warning: nil)
      }
    }
    let summaries = try ship(spool, [hanging] + quick)
    #expect(summaries.map(\.queue) == [queue] + others)
    #expect(summaries.map(\.delivered) == [0, 2, 2, 2])
  }

  @Test("can be looked at before it is done, and then nothing changes")
  func preview() throws {
    let spool = try spool(6)
    let steps = files.steps
    let receivers = [RecordingReceiver(queue), RecordingReceiver(SpoolWorld.webhook)]
    let previews = try Shipper(spool, to: receivers).preview()
    #expect(previews.map(\.queue) == [queue])
    #expect(previews.map(\.text) == ["r5 r4 r3 r2"])
    let requests = receivers.flatMap { $0.requests }
    #expect(requests.isEmpty)
    #expect(files.steps == steps)
  }

  @Test("keeps of damaged and refused reports no more than people look at")
  func boundedSetAside() throws {
    let spool = try spool(SpoolLimits.setAside.files + 20)
    let directory = SpoolLayout.directory(of: queue)
    for entry in try spool.waiting(in: queue).suffix(110) {
      try files.replace("\(directory)/\(entry.name)", [])
    }
    let receiver = RecordingReceiver(queue) { _ in .refused(reason: "400") }
    let summary = try ship(spool, [receiver], ShippingOptions(isUnlimited: true))[0]
    #expect((summary.rejected, summary.damaged) == (10, 110))
    #expect(try spool.rejected(in: queue).count == 10)
    #expect(spool.damagedFiles.count == SpoolLimits.setAside.files)
    #expect(try spool.status(queues: [queue]).damagedTotal == 110)
    #expect(try spool.purgeSetAside() == 110)
  }

  @Test("keeps signals of one receiver apart: refused metrics never send logs again")
  func signalsApart() throws {
    let spool = try spool(2, queues: [SpoolWorld.logs, SpoolWorld.metrics])
    let logs = RecordingReceiver(SpoolWorld.logs)
    let metrics = RecordingReceiver(SpoolWorld.metrics) { _ in
      .postponed(reason: "503", afterSeconds: nil)
    }
    _ = try ship(spool, [logs, metrics])
    let again = try ship(spool, [logs, metrics], at: 1000)
    #expect(logs.requests == [2])
    #expect(again.map(\.left) == [0, 2])
  }
}
