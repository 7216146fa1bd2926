package import LoadBalancer
package import Probes
package import Collectors

/// Follows each target's probe through the host, hop by hop.
package struct Checker: Sendable {
  /// Every check, in the order a probe passes their hops.
  package static let allChecks: [any Check.Type] = [
    AddressCheck.self, ConntrackCheck.self, PacketFilterCheck.self, RoutingCheck.self,
    NATCheck.self, ListeningSocketCheck.self, AcceptQueueCheck.self, TCPCheck.self,
    PingCheck.self, ApplicationCheck.self, LoadCheck.self, HealthCheckCheck.self,
    BandwidthCheck.self,
  ]

  private let checks: [any Check.Type]
  private let thresholds: Thresholds
  private let skips: Skips

  /// - Parameters:
  ///   - checks: those to run, a part of `allChecks` in its order.
  ///   - skips: what of them is left out, and shown as that.
  package init(
    checks: [any Check.Type] = Checker.allChecks, thresholds: Thresholds = .standard,
    skips: Skips = Skips()
  ) {
    self.checks = checks
    self.thresholds = thresholds
    self.skips = skips
  }

  /// Judges all targets.
  ///
  /// - Parameters:
  ///   - probes: what the probes learned, by the target's name.
  ///   - cloud: what is known of the host's account, instance and CLBs.
  ///   - transmitRates: how much the host's interfaces send; `nil` where that was not measured.
  package func diagnose(
    _ targets: [Target], origin: TargetOrigin, facts: HostFacts, probes: [String: ProbeReport],
    cloud: CloudFacts = CloudFacts(), transmitRates: TransmitRates? = nil
  ) -> Diagnosis {
    var filters = ProbeFilters(facts)
    return diagnose(targets, origin: origin, missing: MissingAnswers.sentences(facts)) { target in
      let question = CheckQuestion(
        target: target, facts: facts, probes: probes[target.name], filters: filters,
        thresholds: thresholds, cloud: cloud, transmitRates: transmitRates)
      // Rules that one target's question parsed are there for the next.
      filters = question.filters
      return { check in check.examine(question) }
    }
  }

  /// Judges all targets by what is said of each one's hops.
  ///
  /// - Parameter following: for a target, what there is to say of a check's hop.
  func diagnose(
    _ targets: [Target], origin: TargetOrigin, missing: [String],
    following: (Target) -> (any Check.Type) -> HopOutcome
  ) -> Diagnosis {
    var diagnosed: [TargetDiagnosis] = []
    var findings = FindingList()
    for target in targets {
      var walk = ProbeWalk(checks, skips: skips, examine: following(target))
      walk.conclude(target, checks, skips: skips)
      diagnosed.append(
        TargetDiagnosis(
          target: target, verdict: Verdict(of: walk.path), path: walk.path))
      findings.add(walk.findings, target: target.name)
    }
    // With nothing to follow, nothing was shown to be well.
    let verdict = targets.isEmpty ? .unknown : Verdict(worstOf: diagnosed.map(\.verdict))
    return Diagnosis(
      verdict: verdict, targetOrigin: origin, targets: diagnosed, findings: findings.sorted,
      missing: missing)
  }
}

/// One target's way, hop by hop, with what hangs on what.
private struct ProbeWalk {
  private(set) var path: [HopDiagnosis] = []
  private(set) var findings: [Finding] = []

  init(_ checks: [any Check.Type], skips: Skips, examine: (any Check.Type) -> HopOutcome) {
    var cause: FindingID?
    for check in checks {
      let name = check.declaration.name
      if let reason = skips.reason(skipping: name) {
        path.append(
          HopDiagnosis(hop: name, verdict: .unknown, summary: "not checked", skip: reason))
        continue
      }
      let outcome = skips.applied(to: examine(check))
      guard outcome.applies else {
        findings += outcome.findings
        continue
      }
      let explaining =
        outcome.isIndependent
        ? nil : outcome.isOnWayOfItsOwn ? cause.flatMap(\.ofWholeHost) : cause
      let hop = HopConsequence(outcome, of: explaining, raised: Set(findings.map(\.id)))
      path.append(
        HopDiagnosis(
          hop: name, verdict: hop.verdict, summary: outcome.worstSummary, cause: hop.cause,
          skip: hop.skip))
      findings += hop.findings
      if cause == nil, !outcome.isOnWayOfItsOwn, !outcome.isIndependent {
        cause = outcome.findings.first { $0.severity == .fail && $0.skip == nil }?.id
      }
    }
  }
}

extension ProbeWalk {
  /// Adds to each hop what its check concludes from the whole way; no check sees what another concludes.
  fileprivate mutating func conclude(_ target: Target, _ checks: [any Check.Type], skips: Skips) {
    let way = CompletedWay(target: target, path: path, findings: findings)
    for check in checks {
      let name = check.declaration.name
      guard let place = path.firstIndex(where: { $0.hop == name && $0.skip == nil }) else {
        continue
      }
      var addition = HopOutcome(path[place].summary, findings: check.conclude(way))
      addition = skips.applied(to: addition)
      let hop = HopConsequence(addition, of: nil, raised: [])
      findings += hop.findings
      guard addition.verdict != .pass else { continue }
      if path[place].verdict == .pass { path[place].summary = addition.worstSummary }
      path[place].verdict = Verdict(worstOf: [path[place].verdict, addition.verdict])
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
  /// Who said to leave out all that is wrong here; `nil` where something counts, or nothing is wrong.
  let skip: String?

  /// - Parameters:
  ///   - cause: what stopped the probe before this hop.
  ///   - raised: all that was found before; a doubt that a check names counts only if it is there.
  init(_ outcome: HopOutcome, of cause: FindingID?, raised: Set<FindingID>) {
    var found: FindingID?
    findings = outcome.findings.map { finding in
      var finding = finding
      guard finding.skip == nil else {
        finding.severity = .info
        finding.remedies = []
        return finding
      }
      let doubt = finding.cause.flatMap { raised.contains($0) ? $0 : cause }
      finding.cause = finding.severity == .fail ? cause : doubt
      guard let why = finding.cause else { return finding }
      found = found ?? why
      finding.severity = .info
      finding.remedies = []
      return finding
    }
    self.cause = found
    let counting = Verdict(worstOf: [Verdict(of: findings)] + (found == nil ? [] : [.unknown]))
    skip =
      counting == .pass
      ? outcome.findings.first { $0.skip != nil && $0.severity != .info }?.skip : nil
    verdict = skip == nil ? counting : .unknown
  }
}

extension HopOutcome {
  /// The sentence of what decides the hop's verdict.
  fileprivate var worstSummary: String {
    let wrong = findings.filter { $0.severity != .info }
    let counting = wrong.filter { $0.skip == nil }
    return (counting.isEmpty ? wrong : counting).min { $0.severity < $1.severity }?.summary
      ?? summary
  }
}

/// Findings of all targets, each once, with the targets it hits.
private struct FindingList {
  private var findings: [Finding] = []

  mutating func add(_ more: [Finding], target: String) {
    for var finding in more {
      let twin = findings.firstIndex {
        $0.id == finding.id && $0.summary == finding.summary && $0.severity == finding.severity
          && $0.cause == finding.cause && $0.skip == finding.skip
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
