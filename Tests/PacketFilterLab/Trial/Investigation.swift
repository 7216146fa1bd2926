import FoundationEssentials

/// Finds the smallest ruleset that shows a disagreement.
struct Investigation {
  var seed: UInt64
  var ruleset: Ruleset
  var found: Round.Comparison
  var tracer: Tracer

  /// The disagreement with the least ruleset that still shows it, alone and with more patience.
  func report() async throws -> Report {
    guard try await shows(ruleset) else {
      return Report(
        seed: seed, ruleset: ruleset, comparison: found, isReproduced: false, listings: [:])
    }
    let smallest = try await Shrinker().shrink(ruleset, whileShowing: shows)
    let comparison = try await compare(smallest)
    return Report(
      seed: seed, ruleset: smallest, comparison: comparison, isReproduced: true,
      listings: try await listings(smallest))
  }

  /// Whether the evaluator and the kernel still differ in the same way; a ruleset that does not
  /// load shows nothing.
  private func shows(_ candidate: Ruleset) async throws -> Bool {
    let comparison: Round.Comparison
    do { comparison = try await compare(candidate) } catch is Refusal { return false }
    return comparison.judgement == found.judgement
      && comparison.outcomes.first?.verdict == found.outcomes.first?.verdict
      && comparison.answers.first?.verdict == found.answers.first?.verdict
  }

  private func compare(_ candidate: Ruleset) async throws -> Round.Comparison {
    let asked = [(found.question, found.probe)]
    return try await Round.compare(candidate, asked, tracer, quiet: 0.1).first ?? found
  }

  private func listings(_ ruleset: Ruleset) async throws -> [String: String] {
    try await withTemporaryDirectory { directory in
      var job = World.Job(load: ruleset.loadSteps, probes: [], listings: directory)
      job.rounds = 0
      _ = try await World.measure(job)
      let names = try FileManager.default.contentsOfDirectory(atPath: directory)
      return Dictionary(
        uniqueKeysWithValues: try names.map { name in
          (name, try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8))
        })
    }
  }
}
