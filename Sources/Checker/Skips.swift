/// What the operator leaves out: whole checks, and findings that are no news.
///
/// What is left out is shown as that, with who said so, and counts for no verdict.
package struct Skips: Sendable, Hashable {
  /// Who said so, by the check's name: `--skip`.
  private var checks: [String: String] = [:]
  /// Who said so, by the finding's id.
  private var findings: [FindingID: String] = [:]

  package init() {}

  /// Leaves out a check by its name, or a finding by its id.
  ///
  /// - Parameter reason: who says so, for the report.
  package mutating func add(_ name: String, reason: String) {
    if name.contains(".") {
      findings[FindingID(rawValue: name)] = reason
    } else {
      checks[name] = reason
    }
  }

  /// The names and ids that can be left out, in the checks' order.
  package static let known: [String] = Checker.allChecks.flatMap { check in
    [check.declaration.name] + check.declaration.findings.map(\.id.rawValue)
  }

  func reason(skipping check: String) -> String? { checks[check] }

  /// The outcome with findings that are left out marked as that.
  func applied(to outcome: HopOutcome) -> HopOutcome {
    guard !findings.isEmpty else { return outcome }
    var outcome = outcome
    for index in outcome.findings.indices {
      outcome.findings[index].skip = findings[outcome.findings[index].id]
    }
    return outcome
  }
}
