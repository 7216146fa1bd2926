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
    var parts: [(sources: AddressSet, decisions: [FirewallAnswer.Decision])] = [
      (question.sources, [])
    ]
    for profile in deciding {
      let evaluation = ProfileEvaluation(profile, rules, question)
      parts = parts.flatMap { part in
        evaluation.parts.compactMap { other in
          let both = part.sources.intersection(other.sources)
          return both.isEmpty ? nil : (both, part.decisions + [other.decision])
        }
      }
    }
    return WindowsFirewall.merged(parts).sorted {
      ($0.sources.numbers.lowest ?? 0) < ($1.sources.numbers.lowest ?? 0)
    }
  }

  /// Parts of the same decisions are one answer.
  private static func merged(
    _ parts: [(sources: AddressSet, decisions: [FirewallAnswer.Decision])]
  ) -> [FirewallAnswer] {
    var places: [[FirewallAnswer.Decision]: Int] = [:]
    var answers: [FirewallAnswer] = []
    for (sources, decisions) in parts {
      if let place = places[decisions] {
        answers[place].sources = answers[place].sources.union(sources)
      } else {
        places[decisions] = answers.count
        let verdicts = Set(decisions.map(\.verdict))
        let verdict = verdicts.count == 1 ? verdicts.first ?? .undecided : .undecided
        answers.append(FirewallAnswer(sources: sources, verdict: verdict, decisions: decisions))
      }
    }
    return answers
  }
}
