import LoadBalancer

/// What CLB says of a target, beside what was found on its way.
///
/// Source: https://www.tencentcloud.com/document/product/214/6097 .
struct ConsoleComparison {
  let target: Target
  let state: HealthState
  /// What the hops of the host came to; the check's own parameters stop nothing.
  let verdict: Verdict
  /// The hops that make it that, by name.
  let hops: [String]

  /// - Returns: `nil` where no document says what CLB reports.
  init?(_ way: CompletedWay) {
    guard let state = way.target.reportedState else { return nil }
    target = way.target
    self.state = state
    let path = way.path.filter { $0.hop != HealthCheckCheck.declaration.name }
    let verdict = Verdict(of: path)
    self.verdict = verdict
    hops = path.filter { $0.verdict == verdict && $0.cause == nil && $0.skip == nil }.map(\.hop)
  }

  var finding: Finding {
    switch (state, verdict) {
    case (.unknown, _): detecting
    case (.close, _): closed
    case (.alive, .pass), (.alive, .warn), (.dead, .fail):
      make("console-agrees", .info, "CLB calls it \(state.rawValue) too")
    case (.dead, .pass), (.dead, .warn): unseenFault
    case (.alive, .fail): unseenSuccess
    case (_, .unknown):
      make(
        "console-undecided", .info,
        "CLB calls it \(state.rawValue), and what becomes of the probe here is not known at "
          + hops.joined(separator: ", "))
    }
  }

  private func make(
    _ what: String, _ severity: Severity, _ summary: String, remedies: [Remedy] = []
  ) -> Finding {
    HealthCheckCheck.declaration.finding(
      what, severity, summary,
      evidence: [
        Evidence(
          source: "clb DescribeTargetHealth", text: "HealthStatusDetail: \(state.rawValue)")
      ], remedies: remedies)
  }

  private var check: HealthCheck { target.healthCheck }

  private var again: Remedy {
    Remedy(
      summary: "ask CLB for the state as it is now, and give that document instead of the old one",
      commands: [target.healthCommand].compactMap(\.self))
  }

  private var detecting: Finding {
    make(
      "console-undecided", .info,
      "CLB calls it Unknown: a real server that was just bound is being probed for "
        + "\(check.intervalTime * check.healthNum) s (IntervalTime × HealthNum)\(assumed)",
      remedies: [again])
  }

  private var assumed: String {
    check.assumed.isDisjoint(with: [.intervalTime, .healthNum, .unHealthNum])
      ? "" : ", by assumed parameters"
  }

  private var closed: Finding {
    check.isEnabled
      ? make(
        "console-undecided", .info,
        "CLB calls it Close: the check was off or the listener stopped when it said so")
      : make("console-agrees", .info, "CLB calls it Close, as its check is switched off")
  }

  /// This host stops the probe, and CLB has not noticed.
  private var unseenSuccess: Finding {
    let window = HealthWindow(target).secondsToUnhealthy
    return make(
      "console-disagrees", .warn,
      "CLB calls it Alive, and this host stops the probe at \(hops.joined(separator: ", ")): CLB's "
        + "answer is older than that, or fewer than \(check.unHealthNum) probes have failed since "
        + "(\(window.words) s, and up to \(check.intervalTime) s before the first\(assumed)), or its "
        + "probes come another way than was followed",
      remedies: [again])
  }

  /// Nothing here stops the probe, and CLB's fails.
  private var unseenFault: Finding {
    let suspects = CloudSuspect.all(of: target)
    let here =
      verdict == .warn
      ? "nothing here surely stops the probe (\(hops.joined(separator: ", ")) may)"
      : "nothing here stops the probe"
    return make(
      "console-disagrees", .warn,
      "CLB calls it Dead, and \(here); outside this host it may be, the likeliest first: "
        + suspects.map { $0.words(target) }.joined(separator: "; "),
      remedies: suspects.map { $0.remedy(target) })
  }
}
