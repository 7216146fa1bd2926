import Addressing

/// Windows Firewall: its profiles and its rules.
package struct WindowsFirewall: Sendable, Hashable {
  package var profiles: [FirewallProfile]
  /// The profiles that are active now; `nil` where that is not known, and each of them may be.
  package var active: Set<FirewallProfile.Kind>?
  package var rules: [FirewallRule]

  package init(
    profiles: [FirewallProfile], active: Set<FirewallProfile.Kind>? = nil, rules: [FirewallRule]
  ) {
    self.profiles = profiles
    self.active = active
    self.rules = rules
  }

  /// The profiles that can decide: the active ones, or all where nobody said which those are.
  package var deciding: [FirewallProfile] {
    profiles.filter { active?.contains($0.kind) ?? true }
  }

  /// What becomes of the question's sources, in parts, in address order.
  ///
  /// Where it is not known which profile is active, or several are, it is decided only where all of them
  /// say the same.
  package func answers(to question: FirewallQuestion) -> [FirewallAnswer] {
    let candidates = rules.filter { $0.isEnabled && $0.direction == .inbound }
      .map { RuleCandidate($0, question) }.filter { !$0.match.possible.isEmpty }
    let evaluations = deciding.map { ProfileEvaluation($0, candidates, question) }
    var segments = question.sources.numbers.intervals.map { Segment(interval: $0, parts: []) }
    for evaluation in evaluations {
      segments = WindowsFirewall.overlay(segments, Segment.of(evaluation))
    }
    return WindowsFirewall.merged(segments, evaluations, question.sources.family)
  }

  /// A range with the number of each profile's part that it is in.
  private struct Segment {
    var interval: IntervalSet.Interval
    var parts: [Int]

    /// A profile's parts as ranges in ascending order.
    static func of(_ evaluation: ProfileEvaluation) -> [Segment] {
      evaluation.parts.enumerated().flatMap { number, part in
        part.sources.numbers.intervals.map { Segment(interval: $0, parts: [number]) }
      }.sorted { $0.interval.low < $1.interval.low }
    }
  }

  /// Both orders walked once, side by side: each has every source in one range.
  private static func overlay(_ left: [Segment], _ right: [Segment]) -> [Segment] {
    var result: [Segment] = []
    var (one, two) = (0, 0)
    while one < left.count, two < right.count {
      let (a, b) = (left[one].interval, right[two].interval)
      let (low, high) = (max(a.low, b.low), min(a.high, b.high))
      if low <= high {
        result.append(
          Segment(
            interval: IntervalSet.Interval(low, high), parts: left[one].parts + right[two].parts))
      }
      if a.high < b.high { one += 1 } else { two += 1 }
    }
    return result
  }

  /// Ranges in the same parts are one answer; the answers are in the order of their first addresses.
  private static func merged(
    _ segments: [Segment], _ evaluations: [ProfileEvaluation], _ family: IPAddress.Family
  ) -> [FirewallAnswer] {
    var places: [[Int]: Int] = [:]
    var groups: [(parts: [Int], intervals: [IntervalSet.Interval])] = []
    for segment in segments {
      if let place = places[segment.parts] {
        groups[place].intervals.append(segment.interval)
      } else {
        places[segment.parts] = groups.count
        groups.append((segment.parts, [segment.interval]))
      }
    }
    return groups.map { parts, intervals in
      let decisions = zip(evaluations, parts).map { $0.parts[$1].decision }
      let verdicts = Set(decisions.map(\.verdict))
      return FirewallAnswer(
        sources: AddressSet(family: family, numbers: IntervalSet(intervals)),
        verdict: verdicts.count == 1 ? verdicts.first ?? .undecided : .undecided,
        decisions: decisions)
    }
  }
}
