import Glibc
import TestSupport
import Testing

@testable import Delivery

@Suite("On a real disk")
struct DiskTests {
  private static let queues = [SpoolWorld.logs, SpoolWorld.webhook]

  private static func spool(_ path: String) throws -> Spool {
    let spool = Spool(try StateDirectory(opening: path).files)
    _ = try spool.open(queues: queues, at: SpoolWorld.now)
    return spool
  }

  private static func ship(_ spool: Spool, _ receiver: RecordingReceiver) throws -> QueueSummary {
    try Shipper(
      spool, to: [receiver], options: ShippingOptions(isUnlimited: true),
      environment: SpoolWorld.environment()
    ).run()[0]
  }

  @Test("a report is one file for all queues, which only its owner reads")
  func permissions() throws {
    let directory = try #require(TemporaryDirectory())
    let path = "\(directory.path)/state"
    try Self.spool(path).store("r1", queues: Self.queues)
    for place in ["", "/spool", "/spool/queues/central.logs", "/spool/incoming"] {
      var status = stat()
      #expect(lstat(path + place, &status) == 0)
      #expect(status.st_mode == S_IFDIR | 0o700, "\(place)")
    }
    var status = stat()
    #expect(lstat("\(path)/spool/queues/hook.report/1772352000000-r1.report", &status) == 0)
    #expect(status.st_mode == S_IFREG | 0o600)
    #expect(status.st_nlink == 2)
  }

  @Test("what stands in the place of a report and is none does not block")
  func strangers() throws {
    let directory = try #require(TemporaryDirectory())
    let path = "\(directory.path)/state"
    let spool = try Self.spool(path)
    try spool.store("r1", queues: Self.queues)
    let queue = "\(path)/spool/queues/central.logs"
    #expect(mkfifo("\(queue)/1772352000001-fifo.report", 0o600) == 0)
    #expect(mkdir("\(queue)/1772352000002-directory.report", 0o700) == 0)
    #expect(symlink("/etc/passwd", "\(queue)/1772352000003-link.report") == 0)
    #expect(truncate(path: "\(queue)/1772352000004-huge.report", bytes: 1 << 32))
    let receiver = RecordingReceiver(SpoolWorld.logs)
    let summary = try Self.ship(spool, receiver)
    #expect(receiver.reportIDs == ["r1"])
    #expect((summary.damaged, summary.left) == (4, 0))
    #expect(try spool.purgeSetAside() == 4)
  }

  /// A file of so many bytes that takes no room.
  private func truncate(path: String, bytes: Int) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    return ftruncate(file, bytes) == 0
  }

  @Test(
    "that is full, the newest reports stay and go out",
    .enabled(if: Mount.isAllowed, "needs mount(2)"))
  func fullDisk() throws {
    let directory = try #require(TemporaryDirectory())
    let mount = try #require(Mount(at: "\(directory.path)/small", kibibytes: 256))
    let spool = try Self.spool(mount.path)
    var dropped = 0
    for number in 0..<200 {
      dropped += try spool.store("r\(number)", seconds: number, bytes: 4000, queues: Self.queues)
        .dropped
    }
    let waiting = try spool.waiting(in: SpoolWorld.logs).map(\.reportID)
    print(
      "tmpfs of 256 KiB: 200 reports of 4 kB stored, \(waiting.count) wait, \(dropped) gave way")
    #expect(waiting.count > 10)
    #expect(waiting == (0..<200).reversed().map { "r\($0)" }.prefix(waiting.count).map(\.self))
    let receiver = RecordingReceiver(SpoolWorld.logs)
    #expect(try Self.ship(spool, receiver).delivered == waiting.count)
    #expect(receiver.reportIDs == waiting)
  }

  @Test(
    "that others have filled, storing says so and shipping goes on",
    .enabled(if: Mount.isAllowed, "needs mount(2)"))
  func filledByOthers() throws {
    let directory = try #require(TemporaryDirectory())
    let mount = try #require(Mount(at: "\(directory.path)/small", kibibytes: 256))
    let spool = try Self.spool(mount.path)
    try spool.store("r1", bytes: 40_000, queues: Self.queues)
    let file = open("\(mount.path)/others", O_WRONLY | O_CREAT, 0o600)
    let block = [UInt8](repeating: 1, count: 4096)
    while block.withUnsafeBytes({ write(file, $0.baseAddress, $0.count) }) > 0 {}
    close(file)
    let error = #expect(throws: SpoolError.self) {
      try spool.store("r2", seconds: 1, bytes: 100_000, queues: Self.queues)
    }
    guard case .full(let cause, let dropped) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.number == ENOSPC)
    #expect(dropped == 2)
    // What an older report took is free now.
    try spool.store("r3", seconds: 2, bytes: 2000, queues: Self.queues)
    let receiver = RecordingReceiver(SpoolWorld.logs)
    #expect(try Self.ship(spool, receiver).delivered == 1)
    #expect(receiver.reportIDs == ["r3"])
  }

  @Test(
    "that became read-only, nothing is sent that would be sent again",
    .enabled(if: Mount.isAllowed, "needs mount(2)"))
  func readOnly() throws {
    let directory = try #require(TemporaryDirectory())
    let mount = try #require(Mount(at: "\(directory.path)/small", kibibytes: 256))
    try Self.spool(mount.path).store("r1", queues: Self.queues)
    try #require(mount.makeReadOnly())
    let spool = try Self.spool(mount.path)
    let error = #expect(throws: SpoolError.self) { try spool.store("r2", queues: Self.queues) }
    guard case .files(let cause) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.isReadOnly)
    #expect("\(cause)".contains("EROFS"))
    let receiver = RecordingReceiver(SpoolWorld.logs)
    let summary = try Self.ship(spool, receiver)
    #expect(receiver.requests.isEmpty)
    #expect(summary.left == 1)
    #expect(try spool.waiting(in: SpoolWorld.logs).count == 1)
  }

  @Test("10,000 reports are drained in bounded memory", .timeLimit(.minutes(2)))
  func backlog() throws {
    let program = try #require(Torture.program, "spool-torture is not built")
    let directory = try #require(TemporaryDirectory())
    let path = "\(directory.path)/state"
    let spool = try Self.spool(path)
    let now = ShippingEnvironment.system.now()
    for number in 0..<10_000 {
      let entry = try SpoolEntry(
        takenAt: now.adding(seconds: -number), reportID: "r\(number)", bytes: 0)
      let bytes = SpoolFrame(
        SpoolWorld.document(entry.reportID, seconds: number, bytes: 2000)
      ).bytes
      // Without any synchronization, for what is measured is the drain.
      let file = open("\(path)/spool/queues/central.logs/\(entry.name)", O_WRONLY | O_CREAT, 0o600)
      defer { close(file) }
      #expect(bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == bytes.count)
    }
    #expect(try spool.waiting(in: SpoolWorld.logs).count == 10_000)
    let run = try #require(
      Torture.run(program, [path, "\(directory.path)/log", "measure"], killAfter: nil))
    let figures = run.lines.last?.split(separator: " ").compactMap { Int($0) } ?? []
    try #require(figures.count == 4, "\(run.lines)")
    print(
      "backlog: \(figures[0]) reports in \(figures[1]) requests, \(figures[2]) KiB more,",
      "\(figures[3]) ms")
    #expect(figures[0] == 10_000)
    #expect(figures[1] == 157)
    #expect(figures[2] < 32 * 1024)
    #expect(try spool.waiting(in: SpoolWorld.logs).isEmpty)
  }
}
