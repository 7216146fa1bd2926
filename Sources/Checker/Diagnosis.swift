package import LoadBalancer

/// What the checker concludes: a pure function of targets, facts and probe results.
package struct Diagnosis: Sendable, Hashable {
  package var verdict: Verdict
  /// How the targets came to be, for people.
  package var targetOrigin: TargetOrigin
  package var targets: [TargetDiagnosis]
  /// Causes before their consequences, worst first; one total order.
  package var findings: [Finding]
  /// Answers that are missing for want of privilege or a failed reading, each a sentence.
  package var missing: [String]

  package init(
    verdict: Verdict, targetOrigin: TargetOrigin, targets: [TargetDiagnosis],
    findings: [Finding], missing: [String]
  ) {
    self.verdict = verdict
    self.targetOrigin = targetOrigin
    self.targets = targets
    self.findings = findings
    self.missing = missing
  }
}

/// How the targets came to be.
package enum TargetOrigin: String, Sendable, Hashable, Codable {
  /// Named on the command line.
  case named
  /// Named by the settings file.
  case settings
  /// Ports that the probes' sources are talking to.
  case traffic
  /// Every TCP socket reachable from outside, for want of anything better.
  case listeningSockets

  /// Whether somebody named them, so that none was learned from the host.
  package var isNamed: Bool {
    switch self {
    case .named, .settings: true
    case .traffic, .listeningSockets: false
    }
  }
}

/// One target's way through the host.
package struct TargetDiagnosis: Sendable, Hashable {
  package var target: Target
  package var verdict: Verdict
  /// The hops in the order the probe passes them.
  package var path: [HopDiagnosis]

  package init(target: Target, verdict: Verdict, path: [HopDiagnosis]) {
    self.target = target
    self.verdict = verdict
    self.path = path
  }
}

/// One hop of a target's way.
package struct HopDiagnosis: Sendable, Hashable {
  /// The check's name.
  package var hop: String
  package var verdict: Verdict
  /// One sentence with the host's names and numbers; no full stop.
  package var summary: String
  /// The finding of another hop that explains this one's state.
  package var cause: FindingID?
  /// Who said to leave it out, as `--skip`; then its verdict is unknown, and counts for no other.
  package var skip: String?

  package init(
    hop: String, verdict: Verdict, summary: String, cause: FindingID? = nil, skip: String? = nil
  ) {
    self.hop = hop
    self.verdict = verdict
    self.summary = summary
    self.cause = cause
    self.skip = skip
  }
}
