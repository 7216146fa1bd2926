import Addressing

/// What one profile of Windows Firewall does to a question's sources.
///
/// A rule that blocks beats every rule that allows, in whatever order they stand; what no rule takes is
/// the policy's. Source:
/// https://learn.microsoft.com/en-us/windows/security/operating-system-security/network-security/windows-firewall/rules
struct ProfileEvaluation {
  private(set) var parts: [(sources: AddressSet, decision: FirewallAnswer.Decision)] = []
  private let profile: FirewallProfile
  private var rest: AddressSet

  /// - Parameter candidates: the enabled inbound rules that may take some of the sources.
  init(_ profile: FirewallProfile, _ candidates: [RuleCandidate], _ question: FirewallQuestion) {
    self.profile = profile
    rest = question.sources
    guard profile.isOn else {
      add(rest, .passes, .off)
      return
    }
    guard profile.inbound != .blockAlways else {
      add(rest, .blocked, .policy(.blockAlways))
      return
    }
    let matches = candidates.filter { $0.rule.profiles.contains(profile.kind) }
      .map { $0.within(profile) }
    takeBlocked(matches.filter { $0.rule.action == .block })
    takeRest(
      allowing: matches.filter { $0.rule.action != .block },
      doubtfulBlocks: matches.filter { $0.rule.action == .block && !$0.match.doubts.isEmpty })
  }

  private mutating func takeBlocked(_ blocks: [RuleCandidate]) {
    for block in blocks {
      add(block.match.certain.intersection(rest), .blocked, .rule(block.rule))
    }
  }

  /// What no rule blocks for certain: let in by a rule, else by the policy's grace; in doubt where a
  /// rule might change that.
  private mutating func takeRest(allowing: [RuleCandidate], doubtfulBlocks: [RuleCandidate]) {
    let allowed = allowing.reduce(none) { $0.union($1.match.certain) }
    let isLetIn = profile.inbound == .allow ? rest : rest.intersection(allowed)
    for block in doubtfulBlocks {
      add(
        block.match.possible.intersection(isLetIn).intersection(rest), .undecided,
        .doubt(block.rule, block.match.doubts))
    }
    for allow in allowing {
      add(allow.match.certain.intersection(rest), .passes, .rule(allow.rule))
    }
    guard profile.inbound != .allow else {
      add(rest, .passes, .policy(.allow))
      return
    }
    for allow in allowing where !allow.match.doubts.isEmpty {
      add(
        allow.match.possible.intersection(rest), .undecided, .doubt(allow.rule, allow.match.doubts))
    }
    add(rest, .blocked, .policy(.block))
  }

  private var none: AddressSet { AddressSet(family: rest.family, numbers: IntervalSet()) }

  private mutating func add(
    _ sources: AddressSet, _ verdict: FirewallAnswer.Verdict, _ reason: FirewallAnswer.Reason
  ) {
    guard !sources.isEmpty else { return }
    rest.numbers.subtract(sources.numbers)
    parts.append(
      (
        sources,
        FirewallAnswer.Decision(profile: profile.kind, verdict: verdict, reason: reason)
      ))
  }
}

/// A rule with the sources that it takes.
struct RuleCandidate {
  let rule: FirewallRule
  var match: RuleMatch

  init(_ rule: FirewallRule, _ question: FirewallQuestion) {
    self.rule = rule
    match = RuleMatch(rule, question)
  }

  /// The same in one profile, which may leave the host's own rules out.
  func within(_ profile: FirewallProfile) -> RuleCandidate {
    guard profile.ignoresLocalRules, !rule.isFromGroupPolicy else { return self }
    var candidate = self
    candidate.match.certain = AddressSet(family: match.certain.family, numbers: IntervalSet())
    candidate.match.doubts.append(
      "LocalFirewallRules Disable, by which a group policy leaves it out")
    return candidate
  }
}
