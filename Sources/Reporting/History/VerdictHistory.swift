package import Checker
import LoadBalancer

/// What earlier runs said of each target and finding, as much as tells news from old.
///
/// A value: one run takes it, gets its `ReportChanges`, and leaves the next run's history.
package struct VerdictHistory: Sendable, Hashable, Codable {
  /// The document's version.
  private(set) var version = currentVersion
  static let currentVersion = 1
  /// Runs that were taken into it.
  private(set) var runs = 0
  private(set) var targets: [String: Track] = [:]
  private(set) var findings: [FindingKey: Track] = [:]
  /// When a whole report was last kept for the receivers; seconds since 1970.
  private var lastFullReport: Int64?

  package init() {}

  /// Whether any run was taken into it.
  package var hasRuns: Bool { runs > 0 }

  /// When a whole report was last kept for the receivers.
  package var lastFull: Timestamp? {
    get { lastFullReport.map { Timestamp(secondsSinceEpoch: $0) } }
    set { lastFullReport = newValue?.secondsSinceEpoch }
  }

  /// Takes one run, and says what is new in it.
  package mutating func take(_ diagnosis: Diagnosis, at time: Timestamp) -> ReportChanges {
    let isFirst = runs == 0
    // A damaged file may hold any number.
    runs = runs == .max ? 1 : runs + 1
    var changes = ReportChanges(targets: [:], findings: [], resolved: [], isFirst: isFirst)
    for target in diagnosis.targets {
      let name = target.target.name
      changes.targets[name] = targets[name, default: Track()]
        .take(state: target.verdict.rawValue, run: runs, at: time)
    }
    changes.resolved = resolve(diagnosis, at: time)
    changes.findings = diagnosis.findings.map { take($0, at: time) }
    forget()
    return changes
  }

  /// Runs after which a target or finding that nobody sees is forgotten.
  private static let memory = 24

  private mutating func forget() {
    targets = targets.filter { runs &- $0.value.lastRun < Self.memory }
    findings = findings.filter { runs &- $0.value.lastRun < Self.memory }
  }
}

extension VerdictHistory {
  /// One finding of one target.
  struct FindingKey: Sendable, Hashable, Codable {
    var id: String
    /// Empty for a finding about the host.
    var target: String
  }

  private func keys(of finding: Finding) -> [FindingKey] {
    let names = finding.targets.isEmpty ? [""] : finding.targets
    return names.map { FindingKey(id: finding.id.rawValue, target: $0) }
  }

  /// The finding's standing: the oldest of its targets' beginnings, and the greatest of their news.
  private mutating func take(_ finding: Finding, at time: Timestamp) -> Standing {
    let standings = keys(of: finding).map { key in
      findings[key, default: Track()].take(state: finding.severity.rawValue, run: runs, at: time)
    }
    let changes = standings.map(\.change)
    // A finding that hits one more target is no new one, but it is another.
    let isNew = changes.allSatisfy { $0 == .new }
    let change: Standing.Change =
      isNew
      ? .new
      : changes.contains(where: \.isNews)
        ? .changed : changes.contains(.flapping) ? .flapping : .unchanged
    let since = standings.map(\.since).min { $0.secondsSinceEpoch < $1.secondsSinceEpoch } ?? time
    return Standing(since: since, change: change)
  }

  /// Ends findings that are gone; those that nobody looked for stay as they were.
  private mutating func resolve(_ diagnosis: Diagnosis, at time: Timestamp) -> [ResolvedFinding] {
    let present = Set(diagnosis.findings.flatMap(keys))
    var gone: [String: ResolvedFinding] = [:]
    let candidates = findings.filter { $0.value.isPresent && !present.contains($0.key) }
    for (key, track) in candidates.sorted(by: {
      ($0.key.id, $0.key.target) < ($1.key.id, $1.key.target)
    }) {
      guard diagnosis.tells(whether: key) else { continue }
      let standing = findings[key, default: track].take(state: nil, run: runs, at: time)
      guard standing.change != .flapping else { continue }
      let since = Timestamp(secondsSinceEpoch: track.since)
      gone[key.id, default: ResolvedFinding(id: key.id, targets: [], since: since)].take(
        key.target, since: since)
    }
    return gone.values.sorted { $0.id < $1.id }
  }
}

extension ResolvedFinding {
  fileprivate mutating func take(_ target: String, since other: Timestamp) {
    if !target.isEmpty { targets.append(target) }
    if other.secondsSinceEpoch < since.secondsSinceEpoch { since = other }
  }
}

extension Diagnosis {
  /// Whether somebody looked, so that a finding's absence means that it is gone.
  ///
  /// A hop that could not be read, was left out, or lies behind the one that stopped the probe tells
  /// nothing of what was found at it before.
  fileprivate func tells(whether key: VerdictHistory.FindingKey) -> Bool {
    let hop = key.id.prefix { $0 != "." }
    let paths = targets.filter { key.target.isEmpty || $0.target.name == key.target }.map(\.path)
    return paths.contains { path in
      path.contains { $0.hop == hop && $0.verdict != .unknown && $0.skip == nil && $0.cause == nil }
    }
  }
}
