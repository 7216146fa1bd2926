package import LoadBalancer
package import Probes
package import Collectors

/// Follows each target's probe through the host, hop by hop.
package struct Checker: Sendable {
  /// Every check, in the order a probe passes their hops.
  package static let allChecks: [any Check.Type] = [
    AddressCheck.self, ConntrackCheck.self, PacketFilterCheck.self, RoutingCheck.self,
    NATCheck.self, ListeningSocketCheck.self, AcceptQueueCheck.self, TCPCheck.self,
    PingCheck.self, ApplicationCheck.self, LoadCheck.self,
  ]

  private let checks: [any Check.Type]

  /// - Parameter checks: those to run, a part of `allChecks` in its order.
  package init(checks: [any Check.Type] = Checker.allChecks) { self.checks = checks }

  /// Judges all targets.
  ///
  /// - Parameter probes: what the probes learned, by the target's name.
  package func diagnose(
    _ targets: [Target], origin: TargetOrigin, facts: HostFacts, probes: [String: ProbeReport]
  ) -> Diagnosis {
    var diagnosed: [TargetDiagnosis] = []
    var findings = FindingList()
    var filters = ProbeFilters(facts)
    for target in targets {
      let question = CheckQuestion(
        target: target, facts: facts, probes: probes[target.name], filters: filters)
      // Rules that one target's question parsed are there for the next.
      filters = question.filters
      let walk = ProbeWalk(question, checks: checks)
      diagnosed.append(
        TargetDiagnosis(
          target: target, verdict: Verdict(worstOf: walk.path.map(\.verdict)), path: walk.path))
      findings.add(walk.findings, target: target.name)
    }
    // With nothing to follow, nothing was shown to be well.
    let verdict = targets.isEmpty ? .unknown : Verdict(worstOf: diagnosed.map(\.verdict))
    return Diagnosis(
      verdict: verdict, targetOrigin: origin, targets: diagnosed, findings: findings.sorted,
      missing: MissingAnswers.sentences(facts))
  }
}

/// One target's way, hop by hop, with what hangs on what.
private struct ProbeWalk {
  private(set) var path: [HopDiagnosis] = []
  private(set) var findings: [Finding] = []

  init(_ question: CheckQuestion, checks: [any Check.Type]) {
    var cause: FindingID?
    for check in checks {
      let outcome = check.examine(question)
      guard outcome.applies else { continue }
      let explaining = outcome.isOnWayOfItsOwn ? cause.flatMap(\.ofWholeHost) : cause
      let hop = HopConsequence(outcome, of: explaining, raised: Set(findings.map(\.id)))
      path.append(
        HopDiagnosis(
          hop: check.declaration.name, verdict: hop.verdict, summary: outcome.worstSummary,
          cause: hop.cause))
      findings += hop.findings
      if cause == nil, !outcome.isOnWayOfItsOwn {
        cause = outcome.findings.first { $0.severity == .fail }?.id
      }
    }
  }
}

extension FindingID {
  /// The finding where it stops packets of every protocol to the address.
  fileprivate var ofWholeHost: FindingID? {
    ["address", "conntrack", "routing"].contains(hop) ? self : nil
  }
}

/// A hop behind the one that stopped the probe, or that may have: its failures are that one's
/// consequences.
///
/// Only what the stop explains hangs on it: an application that was not reached failed because of the
/// hop before; a host under pressure is so for reasons of its own.
private struct HopConsequence {
  let verdict: Verdict
  let findings: [Finding]
  let cause: FindingID?

  /// - Parameters:
  ///   - cause: what stopped the probe before this hop.
  ///   - raised: all that was found before; a doubt that a check names counts only if it is there.
  init(_ outcome: HopOutcome, of cause: FindingID?, raised: Set<FindingID>) {
    var found: FindingID?
    findings = outcome.findings.map { finding in
      var finding = finding
      let doubt = finding.cause.flatMap { raised.contains($0) ? $0 : cause }
      finding.cause = finding.severity == .fail ? cause : doubt
      guard let why = finding.cause else { return finding }
      found = found ?? why
      finding.severity = .info
      finding.remedies = []
      return finding
    }
    self.cause = found
    verdict = Verdict(worstOf: [Verdict(of: findings)] + (found == nil ? [] : [.unknown]))
  }
}

extension HopOutcome {
  /// The sentence of what decides the hop's verdict.
  fileprivate var worstSummary: String {
    findings.filter { $0.severity != .info }.min { $0.severity < $1.severity }?.summary ?? summary
  }
}

/// Findings of all targets, each once, with the targets it hits.
private struct FindingList {
  private var findings: [Finding] = []

  mutating func add(_ more: [Finding], target: String) {
    for var finding in more {
      let twin = findings.firstIndex {
        $0.id == finding.id && $0.summary == finding.summary && $0.severity == finding.severity
          && $0.cause == finding.cause
      }
      if let twin {
        findings[twin].targets.append(target)
      } else {
        finding.targets = [target]
        findings.append(finding)
      }
    }
  }

  /// Causes before consequences, the worst first, then by id and sentence: one total order.
  var sorted: [Finding] {
    findings.sorted { first, second in
      let a = (first.cause == nil ? 0 : 1, first.severity, first.id, first.summary)
      let b = (second.cause == nil ? 0 : 1, second.severity, second.id, second.summary)
      return a < b
    }
  }
}
