import Addressing

/// The rules that let packets pass a hook, by source.
struct Passages {
  let text: RuleText
  private let passed: [Evaluation.Passage]
  private var maps: [Hook: [Part]] = [:]

  /// The sources that one decision let pass.
  private struct Part {
    var interval: IntervalSet.Interval
    var decision: Decision
  }

  /// The passages of an evaluation, in the order in which they were noted.
  init(_ passed: [Evaluation.Passage], _ text: RuleText) {
    self.passed = passed
    self.text = text
  }

  /// What let the sources of a range pass: the last rule that says so, else the last policy.
  ///
  /// Ranges are to be asked in ascending order.
  mutating func decisions(
    for wanted: IntervalSet.Interval, at hook: Hook
  ) -> [(IntervalSet.Interval, Decision)] {
    let parts = maps[hook] ?? parts(at: hook)
    maps[hook] = parts
    var (low, high) = (0, parts.count)
    while low < high {
      let middle = low + (high - low) / 2
      if parts[middle].interval.high < wanted.low { low = middle + 1 } else { high = middle }
    }
    var result: [(IntervalSet.Interval, Decision)] = []
    var rest = IntervalSet(wanted.low, wanted.high)
    while low < parts.count, parts[low].interval.low <= wanted.high {
      let shared = IntervalSet.Interval(
        max(parts[low].interval.low, wanted.low), min(parts[low].interval.high, wanted.high))
      result.append((shared, parts[low].decision))
      rest.subtract(IntervalSet(shared.low, shared.high))
      low += 1
    }
    result += rest.intervals.map { ($0, .none) }
    return result
  }

  private func parts(at hook: Hook) -> [Part] {
    let here = passed.filter { $0.hook == hook }.reversed()
    var claimed = IntervalSet()
    var parts: [Part] = []
    for wantsRule in [true, false] {
      for passage in here {
        let isRule = if case .rule = passage.decision { true } else { false }
        guard isRule == wantsRule else { continue }
        let new = passage.sources.subtracting(claimed)
        claimed = claimed.union(new)
        parts += new.intervals.map { Part(interval: $0, decision: passage.decision) }
      }
    }
    return parts.sorted { $0.interval.low < $1.interval.low }
  }
}
