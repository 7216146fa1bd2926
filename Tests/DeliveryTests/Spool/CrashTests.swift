import Glibc
import Testing
import TestSupport

@testable import Delivery

@Suite("After a crash at any step")
struct CrashTests {
  private static let queues = [SpoolWorld.logs, SpoolWorld.webhook]

  /// What the world outside saw of a run.
  private struct Witness {
    /// Reports whose storing was acknowledged.
    var stored: Set<String> = []
    var issued: [String: [UInt8]] = [:]
    var delivered: [QueueName: [[UInt8]]] = [:]
  }

  private static func store(
    _ ids: ClosedRange<Int>, _ spool: Spool, _ files: CrashableFiles, _ witness: inout Witness
  ) {
    for number in ids {
      let id = "r\(number)"
      witness.issued[id] = SpoolWorld.document(id, seconds: number)
      let stored = try? spool.store(id, seconds: number, queues: queues)
      if stored != nil, !files.isCrashed { witness.stored.insert(id) }
    }
  }

  /// Delivers what waits; a process that is dead sends nothing.
  private static func ship(
    _ spool: Spool, _ files: CrashableFiles, _ witness: inout Witness,
    options: ShippingOptions = ShippingOptions(ignoresBackoff: true),
    answer: @escaping @Sendable ([ShippedReport]) -> DeliveryOutcome = { _ in
      .delivered(warning: nil)
    }
  ) {
    let receivers = queues.map { queue in
      RecordingReceiver(queue, limit: BatchLimit(reports: 2, bytes: 1 << 20)) { reports in
        files.isCrashed ? .postponed(reason: "dead", afterSeconds: nil) : answer(reports)
      }
    }
    // One after the other, so that steps come in the same order each time.
    for receiver in receivers {
      _ = try? Shipper(
        spool, to: [receiver], options: options, environment: SpoolWorld.environment()
      ).run()
      witness.delivered[receiver.queue, default: []] += receiver.documents
    }
  }

  /// Stores, outages, deliveries, refusals.
  private static func script(
    _ files: CrashableFiles, _ limits: SpoolLimits, _ witness: inout Witness
  ) {
    let spool = Spool(files, limits: limits)
    _ = try? spool.open(queues: queues, at: SpoolWorld.now)
    store(1...2, spool, files, &witness)
    ship(spool, files, &witness) { _ in .postponed(reason: "busy", afterSeconds: 5) }
    // The second queue cannot be given the fourth report, and the first one not the fifth.
    files.withDisk { $0.faults["link"] = [0, 0, 0, EIO, ENOSPC] }
    store(3...5, spool, files, &witness)
    ship(spool, files, &witness, options: ShippingOptions(requests: 1, ignoresBackoff: true))
    store(6...6, spool, files, &witness)
    ship(spool, files, &witness) { reports in
      reports.count > 1 ? .refused(reason: "too large") : .delivered(warning: nil)
    }
    store(7...7, spool, files, &witness)
  }

  /// The next run: it finishes, delivers, and goes on as if nothing had been.
  private static func goOn(_ files: CrashableFiles, _ limits: SpoolLimits, _ witness: inout Witness)
  {
    let spool = Spool(files, limits: limits)
    _ = try? spool.open(queues: queues, at: SpoolWorld.now)
    store(100...100, spool, files, &witness)
    ship(spool, files, &witness, options: ShippingOptions(ignoresBackoff: true, isUnlimited: true))
  }

  private static func ids(_ documents: [[UInt8]]) -> Set<String> {
    Set(documents.compactMap { try? ShippedReport(parsing: $0).reportID })
  }

  private static func check(_ witness: Witness, must: Set<String>, _ place: String) {
    for queue in queues {
      let documents = witness.delivered[queue] ?? []
      let missing = must.subtracting(ids(documents))
      #expect(missing.isEmpty, "\(queue) lacks \(missing.sorted()) after \(place)")
      let strange = documents.filter { document in !witness.issued.values.contains(document) }
      #expect(strange.isEmpty, "\(queue) has what nobody stored after \(place)")
    }
    #expect(witness.stored.contains("r100"), "nothing can be stored after \(place)")
  }

  private static func steps(_ limits: SpoolLimits) -> Int {
    let files = CrashableFiles()
    var witness = Witness()
    script(files, limits, &witness)
    return files.steps
  }

  @Test("every report whose storing was acknowledged arrives whole")
  func conservation() {
    let limits = SpoolLimits()
    let steps = Self.steps(limits)
    var cases = 0
    for crash in 0...steps {
      for (survival, seed) in Self.choices {
        let files = CrashableFiles()
        files.withDisk { $0.crashAfter = crash }
        var witness = Witness()
        Self.script(files, limits, &witness)
        let next = files.withDisk { $0.afterCrash(survival, seed: seed) }
        Self.goOn(CrashableFiles(next), limits, &witness)
        Self.check(witness, must: witness.stored, "step \(crash), \(survival), seed \(seed)")
        cases += 1
      }
    }
    print("crashes: \(steps) steps, \(cases) cases")
  }

  @Test("a crash of the recovery too loses nothing")
  func crashOfRecovery() {
    let limits = SpoolLimits()
    let steps = Self.steps(limits)
    for crash in stride(from: 0, through: steps, by: 3) {
      for second in stride(from: 0, through: 60, by: 4) {
        let seed = UInt64(crash * 1000 + second)
        let files = CrashableFiles()
        files.withDisk { $0.crashAfter = crash }
        var witness = Witness()
        Self.script(files, limits, &witness)
        var again = files.withDisk { $0.afterCrash(.chance, seed: seed) }
        again.crashAfter = second
        let between = CrashableFiles(again)
        Self.goOn(between, limits, &witness)
        witness.stored.remove("r100")
        let last = between.withDisk { $0.afterCrash(.chance, seed: seed + 1) }
        Self.goOn(CrashableFiles(last), limits, &witness)
        Self.check(witness, must: witness.stored, "steps \(crash) and \(second), seed \(seed)")
      }
    }
  }

  @Test("a spool that is trimmed keeps the newest")
  func trimming() {
    let limits = SpoolLimits(files: 3)
    let steps = Self.steps(limits)
    for crash in 0...steps {
      for (survival, seed) in Self.choices {
        let files = CrashableFiles()
        files.withDisk { $0.crashAfter = crash }
        var witness = Witness()
        Self.script(files, limits, &witness)
        // The report of the next run is one of the three.
        let newest = witness.stored.sorted().suffix(2)
        let next = files.withDisk { $0.afterCrash(survival, seed: seed) }
        Self.goOn(CrashableFiles(next), limits, &witness)
        // A report that was stored in the crash itself may be one of the three as well.
        let sure = witness.issued.count - 1 == witness.stored.count - 1 ? newest : newest.suffix(1)
        Self.check(witness, must: Set(sure), "step \(crash), \(survival), seed \(seed)")
      }
    }
  }

  private static let choices: [(CrashableDisk.Survival, UInt64)] =
    [(.nothing, 0), (.everything, 0)] + (1...4).map { (.chance, $0) }
}
