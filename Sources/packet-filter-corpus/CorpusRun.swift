import Glibc

/// Scores the evaluator on a corpus and prints where it disagrees with the kernel.
enum CorpusRun {
  /// Scores the rulesets whose name holds the filter's text; gives back the exit status: 1 for any wrong answer.
  static func run(_ directory: String, filter: String?) -> Int32 {
    let corpus = Corpus(directory)
    var score = Score()
    for ruleset in corpus.rulesets where filter.map({ ruleset.ruleset.contains($0) }) ?? true {
      for loader in ruleset.loaders { score.add(corpus, ruleset, loader) }
    }
    report(score)
    return score.wrong.isEmpty && score.unstableButDecided.isEmpty && score.stable > 0 ? 0 : 1
  }

  private static func report(_ score: Score) {
    for line in score.failures { print("NOT PARSED", line) }
    if getenv("VERBOSE") != nil {
      for line in score.open { print("OPEN", line) }
    }
    for line in score.wrong { print("WRONG", line) }
    for line in score.unstableButDecided { print("UNSTABLE BUT DECIDED", line) }
    print("left open, by reason:")
    for (reason, count) in score.reasons.sorted(by: { $0.value > $1.value }) {
      print("  \(count) \(reason)")
    }
    let share = score.stable == 0 ? 0 : Double(score.decided) / Double(score.stable) * 100
    print(
      "stable probes \(score.stable), decided \(score.decided) (\(share) %), wrong \(score.wrong.count)"
    )
    print(
      "unstable probes \(score.unstable), decided all the same \(score.unstableButDecided.count)")
    print("parsing \(score.parsing), evaluating \(score.evaluating)")
  }
}
