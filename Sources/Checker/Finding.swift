/// A finding's public name, `hop.what-is-wrong`. Never renamed.
package struct FindingID: RawRepresentable, Sendable, Hashable, Comparable, CustomStringConvertible
{
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  /// The part before the dot.
  package var hop: String { String(rawValue.prefix { $0 != "." }) }

  package var description: String { rawValue }

  package static func < (left: FindingID, right: FindingID) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// Which of the operator's to-do lists a finding belongs to.
package enum Layer: String, Sendable, Hashable, CaseIterable {
  case layer4, layer7, bandwidth, host
}

/// What a finding means for its targets.
package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  /// The hop stops the probe.
  case fail
  /// The hop may stop it.
  case warn
  /// What could stop it was not read or not understood.
  case unknown
  /// Worth knowing; stops nothing.
  case info

  /// Worst first.
  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .fail: 0
    case .warn: 1
    case .unknown: 2
    case .info: 3
    }
  }
}

/// The verdict of a hop, a target or a whole report.
package enum Verdict: String, Sendable, Hashable, CaseIterable {
  case pass, warn, fail, unknown
}

/// One thing that is wrong, might be, or could not be checked, with what to do about it.
package struct Finding: Sendable, Hashable {
  package var id: FindingID
  package var layer: Layer
  package var severity: Severity
  /// One sentence with the host's real names and numbers; no full stop.
  package var summary: String
  package var evidence: [Evidence]
  package var remedies: [Remedy]
  /// Names of the targets hit, in the report's order; empty for a finding about the host.
  package var targets: [String]
  /// The finding that this is a consequence of.
  package var cause: FindingID?
  /// Who said to leave it out, as `--skip`; then it is told and counts for nothing.
  package var skip: String?

  package init(
    id: FindingID, layer: Layer, severity: Severity, summary: String, evidence: [Evidence] = [],
    remedies: [Remedy] = [], targets: [String] = [], cause: FindingID? = nil
  ) {
    self.id = id
    self.layer = layer
    self.severity = severity
    self.summary = summary
    self.evidence = evidence
    self.remedies = remedies
    self.targets = targets
    self.cause = cause
  }
}

/// A line of the host's own words.
package struct Evidence: Sendable, Hashable {
  /// The file, command or probe it is from.
  package var source: String
  /// As read: hostile text, to be escaped at the output.
  package var text: String

  package init(source: String, text: String) {
    self.source = source
    self.text = text
  }
}

/// What to type to end a finding.
package struct Remedy: Sendable, Hashable {
  package var summary: String
  /// Exact, in order; empty where only a person can act, and then the summary says what to do.
  package var commands: [String]
  package var persistence: Persistence
  /// Whether running it interrupts traffic that works now.
  package var disruptive: Bool
  package var undo: [String]
  /// A command whose output shows that it worked.
  package var verify: String?

  package init(
    summary: String, commands: [String] = [], persistence: Persistence = .permanent,
    disruptive: Bool = false, undo: [String] = [], verify: String? = nil
  ) {
    self.summary = summary
    self.commands = commands
    self.persistence = persistence
    self.disruptive = disruptive
    self.undo = undo
    self.verify = verify
  }

  /// Whether it outlives a reboot.
  package enum Persistence: String, Sendable, Hashable {
    case temporary, permanent
  }
}
