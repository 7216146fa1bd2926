import FoundationEssentials

/// A run of random rulesets through kernel and evaluator.
struct Trial: Sendable {
  var tracer: Tracer
  /// The first seed; each ruleset has its own, one after the other.
  var seed: UInt64
  var rulesets: Int
  /// No new ruleset is begun after that.
  var duration: Duration
  /// Rulesets at a time.
  var workers = 1
  /// Disagreements that are shrunk; those after them are only counted.
  var mostReports = 20

  /// What a run found.
  struct Outcome: Sendable {
    var figures = Figures()
    var reports: [Report] = []
  }

  /// Runs until the rulesets or the time are used up; hands out each report as it is made.
  func run(onReport: @escaping @Sendable (Report) async throws -> Void = { _ in }) async throws
    -> Outcome
  {
    let end = ContinuousClock.now + duration
    let ledger = Ledger(most: mostReports)
    let figures = try await withThrowingTaskGroup(of: Figures.self) { group in
      for worker in 0..<workers {
        group.addTask { try await work(worker, until: end, ledger, onReport) }
      }
      return try await group.reduce(Figures(), +)
    }
    return Outcome(figures: figures, reports: await ledger.reports)
  }

  private func work(
    _ worker: Int, until end: ContinuousClock.Instant, _ ledger: Ledger,
    _ onReport: @Sendable (Report) async throws -> Void
  ) async throws -> Figures {
    var figures = Figures()
    for index in stride(from: worker, to: rulesets, by: workers) where ContinuousClock.now < end {
      let round = Round(seed: seed &+ UInt64(index), tracer: tracer)
      figures = figures + (try await round.play(ledger, onReport))
    }
    return figures
  }
}

/// The reports of a run, each of another kind.
actor Ledger {
  private let most: Int
  private var begun: [String: Int] = [:]
  private var signatures: Set<String> = []
  private(set) var reports: [Report] = []

  init(most: Int) { self.most = most }

  /// Whether one more disagreement of a kind may be shrunk: the first ones of each, as shrinking
  /// takes as long as a dozen rulesets.
  func begin(_ kind: String) -> Bool {
    begun[kind, default: 0] += 1
    return begun[kind, default: 0] <= 3 && reports.count < most
  }

  /// Takes a report unless there is one of the same kind.
  func take(_ report: Report) -> Bool {
    guard signatures.insert(report.signature).inserted else { return false }
    reports.append(report)
    return true
  }
}
