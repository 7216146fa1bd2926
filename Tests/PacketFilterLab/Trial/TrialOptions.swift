import FoundationEssentials

/// How long a run is, from `PACKET_FILTER_TRIAL_…` of the environment.
struct TrialOptions: Sendable {
  /// `…_RULESETS`: how many at most.
  var rulesets = number("RULESETS", 2000)
  /// `…_SEED`: the first ruleset's.
  var seed = UInt64(number("SEED", 1))
  /// `…_SECONDS`: when to begin no more.
  var seconds = number("SECONDS", 100)
  /// `…_WORKERS`: rulesets at a time.
  var workers = number("WORKERS", 1)
  /// `…_REPORTS`: how many disagreements are shrunk.
  var reports = number("REPORTS", 5)
  /// `…_ATTRIBUTIONS`: seeds whose packets are traced through nf_tables.
  var attributions = number("ATTRIBUTIONS", 16)
  /// `…_SAVE`: a directory that takes each report's text and its regression.
  var directory = text("SAVE")

  private static func text(_ name: String) -> String? {
    ProcessInfo.processInfo.environment["PACKET_FILTER_TRIAL_\(name)"]
  }

  private static func number(_ name: String, _ other: Int) -> Int {
    text(name).flatMap { Int($0) } ?? other
  }
}
