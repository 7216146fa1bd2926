/// The figures of plays, one row each.
enum FleetTable {
  static let heading =
    """
    | hosts run | peak in the hour before, requests/s | peak while away | peak within 1 h of the return | failed requests | caught up after | waiting at the end |
    |---|---|---|---|---|---|---|
    """

  static func row(_ name: String, _ plan: FleetPlan, _ outcome: FleetOutcome) -> String {
    let back = plan.outage.upperBound
    let cells = [
      name, "\(outcome.peak(max(0, plan.outage.lowerBound - 3600)..<plan.outage.lowerBound))",
      "\(outcome.peak(plan.outage))",
      "\(outcome.peak(back..<(back + 3600)))", "\(outcome.failed)",
      outcome.drainedAt.map { "\($0 + 1 - back) s" } ?? "not yet", "\(outcome.waiting)",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}
