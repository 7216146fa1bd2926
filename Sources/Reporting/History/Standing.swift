/// How a target or finding stands against the runs before.
package struct Standing: Sendable, Hashable {
  /// Since when it is as it is: the first run that saw it so.
  package var since: Timestamp
  package var change: Change

  package init(since: Timestamp, change: Change) {
    self.since = since
    self.change = change
  }

  /// In words: `new, first seen 2026-03-01T08:15:30Z`.
  var words: String {
    let moment = since.rfc3339Seconds
    return switch change {
    case .new: "new, first seen \(moment)"
    case .changed: "changed at \(moment)"
    case .unchanged: "like this since \(moment)"
    case .flapping: "flapping, last changed at \(moment)"
    }
  }

  /// What the run before said of it.
  package enum Change: String, Sendable, Hashable, CaseIterable {
    /// Nothing: it was not there.
    case new
    /// Another verdict or severity.
    case changed
    case unchanged
    /// It changes too often of late to be news.
    case flapping

    /// Whether it is worth telling somebody.
    package var isNews: Bool { self == .new || self == .changed }
  }
}

/// What one run found that the runs before had not, and the reverse.
package struct ReportChanges: Sendable, Hashable {
  /// By the target's name.
  package var targets: [String: Standing]
  /// One for each finding of the diagnosis, in its order.
  package var findings: [Standing]
  /// Findings that are gone though somebody looked.
  package var resolved: [ResolvedFinding]
  /// Whether this is the first run of all.
  package var isFirst: Bool

  /// Whether anything is worth telling somebody.
  package var hasNews: Bool {
    isFirst || !resolved.isEmpty || findings.contains(where: \.change.isNews)
      || targets.values.contains(where: \.change.isNews)
  }

  /// Whether a target's verdict is another one, or the target itself.
  package var hasNewVerdict: Bool {
    isFirst || targets.values.contains(where: \.change.isNews)
  }
}

/// A finding of the runs before that is gone.
package struct ResolvedFinding: Sendable, Hashable {
  /// The finding's id.
  package var id: String
  /// Names of the targets that it no longer hits; empty for a finding about the host.
  package var targets: [String]
  /// Since when it had been there.
  package var since: Timestamp

  package init(id: String, targets: [String], since: Timestamp) {
    self.id = id
    self.targets = targets
    self.since = since
  }
}
