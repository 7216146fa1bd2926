/// What a run has counted.
struct Figures: Sendable, Hashable {
  var rulesets = 0
  /// Why random rulesets did not load; they are left out.
  var refusals: [String: Int] = [:]
  var probes = 0
  var agreed = 0
  var depends = 0
  var undecided = 0
  var unordered = 0
  var disagreed = 0
  /// Probes that met another verdict in the second round, whatever the evaluator says.
  var unstable = 0
  /// Kernel outcomes by verdict: a run whose probes all meet the same tells little.
  var outcomes: [String: Int] = [:]
  /// What open answers hung on.
  var reasons: [String: Int] = [:]

  mutating func count(_ judgement: Judgement, _ rounds: [Outcome], _ answers: [Answer]) {
    probes += 1
    if Set(rounds.map(\.verdict)).count > 1 { unstable += 1 }
    if let outcome = rounds.first { outcomes[outcome.verdict.rawValue, default: 0] += 1 }
    switch judgement {
    case .agreed: agreed += 1
    case .depends: depends += 1
    case .undecided: undecided += 1
    case .unordered: unordered += 1
    case .disagreed: disagreed += 1
    }
    guard judgement == .depends || judgement == .undecided else { return }
    for reason in answers.flatMap({ $0.because ?? [] }) { reasons[reason, default: 0] += 1 }
  }

  static func + (left: Figures, right: Figures) -> Figures {
    var sum = left
    sum.rulesets += right.rulesets
    sum.refusals.merge(right.refusals, uniquingKeysWith: +)
    sum.probes += right.probes
    sum.agreed += right.agreed
    sum.depends += right.depends
    sum.undecided += right.undecided
    sum.unstable += right.unstable
    sum.unordered += right.unordered
    sum.disagreed += right.disagreed
    sum.outcomes.merge(right.outcomes, uniquingKeysWith: +)
    sum.reasons.merge(right.reasons, uniquingKeysWith: +)
    return sum
  }
}

extension Figures: CustomStringConvertible {
  var description: String {
    let share = { (part: Int) in "\(part) (\(part * 1000 / max(probes, 1))‰)" }
    let refused = refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(60)
      .map { "\($0.value) \($0.key)" }
    let kinds = outcomes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let common = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(25)
      .map { "\($0.key) \($0.value)" }
    return """
      \(rulesets) rulesets (\(refusals.values.reduce(0, +)) refused), \(probes) probes: \(share(agreed)) agreed, \
      \(share(depends)) depend, \(share(undecided)) undecided, \(unordered) stopped in another order, \(disagreed) disagreements; \(unstable) unstable in the kernel
      kernel: \(kinds.joined(separator: ", "))
      open because of: \(common.joined(separator: ", "))
      refused: \(refused.joined(separator: "\n  "))
      """
  }
}
