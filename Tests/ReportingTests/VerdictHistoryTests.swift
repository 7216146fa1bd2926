import Addressing
import Checker
import LoadBalancer
import Testing

@testable import Reporting

@Suite("What earlier runs said")
struct VerdictHistoryTests {
  /// A run of one target, `tcp://10.0.0.5:80`, whose hop `listening-socket` has this verdict.
  private static func run(
    _ verdict: Verdict, _ findings: [String] = [], hop: Verdict? = nil, skip: String? = nil
  ) throws -> Diagnosis {
    let url = try TargetURL(parsing: "tcp://10.0.0.5:80")
    let target = Target(
      transport: url.transport, address: try #require(IPAddress(parsing: "10.0.0.5")), port: 80)
    let path = [
      HopDiagnosis(hop: "listening-socket", verdict: hop ?? verdict, summary: "x", skip: skip)
    ]
    return Diagnosis(
      verdict: verdict, targetOrigin: .named,
      targets: [TargetDiagnosis(target: target, verdict: verdict, path: path)],
      findings: findings.map {
        Finding(
          id: FindingID(rawValue: $0), layer: .layer4, severity: .fail, summary: "x",
          targets: ["tcp://10.0.0.5:80"])
      }, missing: [])
  }

  private static func time(_ minute: Int) -> Timestamp {
    Timestamp(secondsSinceEpoch: 1_772_000_000 + Int64(minute) * 60)
  }

  private static let missing = "listening-socket.missing"

  @Test("is nothing at the first run, so all is news")
  func first() throws {
    var history = VerdictHistory()
    let changes = history.take(try Self.run(.pass), at: Self.time(0))
    #expect(changes.isFirst && changes.hasNews)
    #expect(changes.targets["tcp://10.0.0.5:80"] == Standing(since: Self.time(0), change: .new))
  }

  @Test("tells since when a target fails, what is new and what is resolved")
  func turns() throws {
    var history = VerdictHistory()
    _ = history.take(try Self.run(.pass), at: Self.time(0))
    #expect(!history.take(try Self.run(.pass), at: Self.time(5)).hasNews)
    let broken = history.take(try Self.run(.fail, [Self.missing]), at: Self.time(10))
    #expect(broken.hasNewVerdict)
    #expect(broken.targets["tcp://10.0.0.5:80"] == Standing(since: Self.time(10), change: .changed))
    #expect(broken.findings == [Standing(since: Self.time(10), change: .new)])
    let still = history.take(try Self.run(.fail, [Self.missing]), at: Self.time(15))
    #expect(!still.hasNews)
    #expect(still.findings == [Standing(since: Self.time(10), change: .unchanged)])
    let well = history.take(try Self.run(.pass), at: Self.time(20))
    #expect(
      well.resolved
        == [
          ResolvedFinding(
            id: Self.missing, targets: ["tcp://10.0.0.5:80"], since: Self.time(10))
        ])
    #expect(history.take(try Self.run(.pass), at: Self.time(25)).resolved.isEmpty)
  }

  @Test("lets nothing begin in the future, as a clock that was set back would have it")
  func clockSetBack() throws {
    var history = VerdictHistory()
    _ = history.take(try Self.run(.fail, [Self.missing]), at: Self.time(500_000))
    let later = history.take(try Self.run(.fail, [Self.missing]), at: Self.time(5))
    #expect(later.findings == [Standing(since: Self.time(5), change: .unchanged)])
    let last = history.take(try Self.run(.fail, [Self.missing]), at: Self.time(10))
    #expect(
      last.targets["tcp://10.0.0.5:80"] == Standing(since: Self.time(5), change: .unchanged))
  }

  @Test(
    "does not call a finding resolved that nobody looked for",
    arguments: [(Verdict.unknown, nil), (.pass, "--skip"), (.unknown, "--skip")]
      as [(Verdict, String?)])
  func notLooked(hop: Verdict, skip: String?) throws {
    var history = VerdictHistory()
    _ = history.take(try Self.run(.fail, [Self.missing]), at: Self.time(0))
    let blind = history.take(
      try Self.run(.unknown, hop: hop, skip: skip), at: Self.time(5))
    #expect(blind.resolved.isEmpty)
    let again = history.take(try Self.run(.fail, [Self.missing]), at: Self.time(10))
    #expect(again.findings == [Standing(since: Self.time(0), change: .unchanged)])
  }

  @Test("calls what turns and turns flapping, until it rests")
  func flapping() throws {
    var history = VerdictHistory()
    var last: ReportChanges?
    for minute in 0..<6 {
      let isBroken = minute.isMultiple(of: 2)
      last = history.take(
        try Self.run(isBroken ? .fail : .pass, isBroken ? [Self.missing] : []),
        at: Self.time(minute))
    }
    #expect(last?.targets["tcp://10.0.0.5:80"]?.change == .flapping)
    #expect(last?.resolved.isEmpty == true && last?.hasNews == false)
    for minute in 6..<30 { last = history.take(try Self.run(.pass), at: Self.time(minute)) }
    #expect(
      last?.targets["tcp://10.0.0.5:80"] == Standing(since: Self.time(5), change: .unchanged))
  }

  @Test("forgets a target that is never seen again")
  func forgets() throws {
    var history = VerdictHistory()
    _ = history.take(try Self.run(.pass), at: Self.time(0))
    var empty = try Self.run(.pass)
    empty.targets = []
    for minute in 1...30 { _ = history.take(empty, at: Self.time(minute)) }
    #expect(history.targets.isEmpty)
  }

  @Test("a summary keeps every verdict, and of the rest what is not well or is news")
  func summary() throws {
    var diagnosis = try Self.run(.fail, [Self.missing])
    diagnosis.targets[0].path.insert(
      HopDiagnosis(hop: "address", verdict: .pass, summary: "well"), at: 0)
    var quiet = try Self.run(.fail, ["load.high-average"]).findings
    quiet[0].severity = .info
    diagnosis.findings += quiet
    var history = VerdictHistory()
    _ = history.take(diagnosis, at: Self.time(0))
    var report = Report(
      reportID: "a", takenAt: Self.time(1), durationMilliseconds: 1, agentVersion: "1",
      host: ReportHost(), diagnosis: diagnosis)
    report.changes = history.take(diagnosis, at: Self.time(1))
    let summary = report.summarized
    #expect(summary.detail == .summary)
    #expect(summary.diagnosis.targets.count == 1)
    #expect(summary.diagnosis.targets[0].path.map(\.hop) == ["listening-socket"])
    #expect(summary.diagnosis.findings.map(\.id.rawValue) == [Self.missing])
    #expect(summary.changes?.findings.count == 1)
  }

  @Test("outlives a run as a document, and nothing else is taken for one")
  func document() throws {
    var history = VerdictHistory()
    _ = history.take(try Self.run(.fail, [Self.missing]), at: Self.time(0))
    history.lastFull = Self.time(0)
    var read = try #require(VerdictHistory(parsing: history.document))
    #expect(read == history && read.lastFull == Self.time(0))
    #expect(
      read.take(try Self.run(.fail, [Self.missing]), at: Self.time(5)).findings
        == [Standing(since: Self.time(0), change: .unchanged)])
    for length in 0..<history.document.count {
      #expect(VerdictHistory(parsing: Array(history.document[..<length])) == nil)
    }
    let older = String(decoding: history.document, as: UTF8.self)
      .replacing("\"version\":1", with: "\"version\":2")
    #expect(VerdictHistory(parsing: Array(older.utf8)) == nil)
  }
}
