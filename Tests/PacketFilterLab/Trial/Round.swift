import Addressing

/// One random ruleset through kernel and evaluator.
struct Round: Sendable {
  var seed: UInt64
  var tracer: Tracer
  var questionCount = 10
  var probesPerQuestion = 14

  /// One probe with all that was said of it.
  struct Comparison: Sendable {
    var question: Question
    var probe: Probe
    var outcomes: [Outcome]
    var answers: [Answer]
    var judgement: Judgement
  }

  func play(
    _ ledger: Ledger, _ onReport: @Sendable (Report) async throws -> Void
  ) async throws -> Figures {
    var generator = RulesetGenerator(seed: seed)
    let ruleset = generator.ruleset()
    var questioner = QuestionGenerator(ruleset, seed: seed)
    var figures = Figures()
    figures.rulesets = 1
    let asked = questioner.questions(questionCount).flatMap { question in
      questioner.probes(question, probesPerQuestion).map { (question, $0) }
    }
    let comparisons: [Comparison]
    do {
      comparisons = try await Self.compare(ruleset, asked, tracer)
    } catch let refusal as Refusal {
      figures.refusals[refusal.reason] = 1
      return figures
    } catch let failure as CommandFailure {
      figures.refusals["seed \(seed): \(failure.errors.split(separator: "\n").last ?? "")"] = 1
      return figures
    }
    for item in comparisons { figures.count(item.judgement, item.outcomes, item.answers) }
    for item in Self.firstOfEachKind(comparisons) where await ledger.begin(item.kind) {
      let investigation = Investigation(seed: seed, ruleset: ruleset, found: item, tracer: tracer)
      let report = try await investigation.report()
      if await ledger.take(report) { try await onReport(report) }
    }
    return figures
  }

  /// Measures and asks.
  ///
  /// - Throws: `Refusal` where the ruleset does not load.
  static func compare(
    _ ruleset: Ruleset, _ asked: [(Question, Probe)], _ tracer: Tracer, quiet: Double = 0.03
  ) async throws -> [Comparison] {
    try await withTemporaryDirectory { directory in
      var job = World.Job(load: ruleset.loadSteps, probes: asked.map(\.1), listings: directory)
      job.quiet = quiet
      let rounds = try await World.measure(job).outcomes()
      let questions = asked.map(\.0).uniqued()
      let replies = await Self.replies(tracer, questions, directory)
      let byQuestion = Dictionary(uniqueKeysWithValues: zip(questions, replies))
      return asked.indices.map { index in
        let (question, probe) = asked[index]
        let outcomes = rounds.map { $0[index] }
        let answers = byQuestion[question]?.answers(for: probe.src) ?? []
        return Comparison(
          question: question, probe: probe, outcomes: outcomes, answers: answers,
          judgement: Judgement(answers, outcomes, isOrderKnown: ruleset.isOrderListed))
      }
    }
  }

  /// The evaluator's replies; one that ends badly claims nothing that the contract knows.
  private static func replies(
    _ tracer: Tracer, _ questions: [Question], _ directory: String
  ) async -> [Reply] {
    do { return try await tracer.ask(questions, rules: directory) } catch {
      let failed = Answer(sources: ["0.0.0.0/0", "::/0"], verdict: "failed", rule: "\(error)")
      return questions.map { _ in Reply(answers: [failed]) }
    }
  }

  /// Disagreements, one of each kind.
  private static func firstOfEachKind(_ comparisons: [Comparison]) -> [Comparison] {
    var seen: Set<String> = []
    return comparisons.filter { item in
      guard case .disagreed = item.judgement else { return false }
      return seen.insert(item.kind).inserted
    }
  }
}

extension Round.Comparison {
  /// What disagreements of one cause are likely to share: both verdicts, and the rule's words
  /// without its numbers.
  fileprivate var kind: String {
    let outcome = outcomes.first?.verdict.rawValue ?? ""
    let rule = (answers.first?.rule ?? "").filter { !$0.isNumber && !".:/".contains($0) }
    return "\(judgement) \(outcome) \(answers.first?.verdict ?? "") \(rule)"
  }
}

extension Array where Element: Hashable {
  /// Each element once, where it first stands.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
