import Collectors
import Host

/// Whether the host, or the service's own limits, leave it time to answer.
///
/// Load is judged by pressure, the share of time that tasks were kept waiting, where the kernel
/// measures it: a load of 16 says nothing without knowing what waits for what.
package enum LoadCheck: Check {
  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    let facts = question.facts
    let findings =
      pressures(question)
      + [loadAverage(question), unread(facts), throttling(question), descriptors(question)]
      .compactMap(\.self)
    guard let first = findings.min(by: { $0.severity < $1.severity }) else {
      return HopOutcome(calm(facts))
    }
    return HopOutcome(first.summary, findings: findings)
  }

  /// Shares of the last minute, and of the last ten seconds: a peak that is over is no cause.
  private static func pressures(_ question: CheckQuestion) -> [Finding] {
    let (measured, thresholds) = (question.facts.pressure, question.thresholds)
    return [
      pressure("cpu", "processor time", measured.cpu, atLeast: thresholds.cpuPressure) { $0.some },
      // "full" means that every task waits.
      pressure("memory", "memory", measured.memory, atLeast: thresholds.memoryPressure) { $0.full },
      pressure("io", "disks", measured.io, atLeast: thresholds.ioPressure) { $0.full },
    ].compactMap(\.self)
  }

  private static func pressure(
    _ kind: String, _ what: String, _ reading: Reading<PressureStall>, atLeast limit: Int,
    share: (PressureStall) -> PressureStall.Share?
  ) -> Finding? {
    guard case .value(let stall, let source) = reading, let share = share(stall),
      share.average10 >= Double(limit), share.average60 >= Double(limit)
    else { return nil }
    let who = kind == "cpu" ? "some task" : "every task"
    return declaration.finding(
      "\(kind)-pressure", .warn,
      "\(who) waited for \(what) during \(Int(share.average60)) % of the last minute",
      evidence: [
        Evidence(
          source: source.description, text: "avg10=\(share.average10) avg60=\(share.average60)")
      ],
      remedies: [
        Remedy(
          summary: "see what uses the \(what), and move or limit it",
          commands: [
            "ps -eo pid,pcpu,pmem,stat,comm --sort=-\(kind == "memory" ? "pmem" : "pcpu") | head"
          ])
      ])
  }

  /// Only for a kernel that measures no pressure: the load average counts tasks that run or wait.
  private static func loadAverage(_ question: CheckQuestion) -> Finding? {
    let (facts, thresholds) = (question.facts, question.thresholds)
    guard case .absent = facts.pressure.cpu, case .value(let load, let source) = facts.loadAverage,
      let processors = facts.processorCount.value?.online, processors > 0,
      load.oneMinute >= Double(processors) * Double(thresholds.loadOneMinute),
      load.fiveMinutes >= Double(processors) * Double(thresholds.loadFiveMinutes)
    else { return nil }
    return declaration.finding(
      "high-average", .warn,
      "the load average is \(load.oneMinute) on \(processors) "
        + (processors == 1 ? "processor" : "processors"),
      evidence: [
        Evidence(
          source: source.description,
          text: "\(load.oneMinute) \(load.fiveMinutes) \(load.fifteenMinutes)")
      ],
      remedies: [
        Remedy(
          summary: "see what runs, and move or limit it",
          commands: ["ps -eo pid,pcpu,pmem,stat,comm --sort=-pcpu | head"])
      ])
  }

  /// Neither pressure nor load could be read: nobody knows whether the host has time to answer.
  private static func unread(_ facts: HostFacts) -> Finding? {
    switch (facts.pressure.cpu, facts.loadAverage) {
    case (.value, _): return nil
    case (.absent, .value): return facts.processorCount.value == nil ? countUnread(facts) : nil
    case (.absent, let load):
      return declaration.finding(
        "high-average", .unknown, "the load is unknown: \(load.reasonMissing ?? "")")
    case (let pressure, _):
      return declaration.finding(
        "cpu-pressure", .unknown, "the pressure is unknown: \(pressure.reasonMissing ?? "")")
    }
  }

  private static func countUnread(_ facts: HostFacts) -> Finding {
    declaration.finding(
      "high-average", .unknown,
      "what the load means is unknown, for the number of processors is: "
        + (facts.processorCount.reasonMissing ?? ""))
  }

  /// A hundred seconds' worth of the usual period of 100 ms, so that a start alone says nothing.
  private static let fewestPeriods = 1000

  private static func throttling(_ question: CheckQuestion) -> Finding? {
    guard let owner = question.owner,
      case .value(let groups, let source)? = question.facts.limits[owner.processID]?.throttling,
      let throttling = groups.max(by: { $0.throttledPeriods < $1.throttledPeriods }),
      throttling.periods >= fewestPeriods
    else { return nil }
    let ratio = Double(throttling.throttledPeriods) / Double(throttling.periods)
    guard ratio * 100 >= Double(question.thresholds.cpuThrottled) else { return nil }
    let share = Int(min(ratio, 1) * 100)
    return declaration.finding(
      "cpu-throttled", .warn,
      "\(owner.command) was held back by its CPU quota in \(share) % of the periods since it "
        + "started",
      evidence: [
        Evidence(
          source: source.description,
          text:
            "nr_throttled \(throttling.throttledPeriods) of nr_periods \(throttling.periods) in "
            + throttling.group)
      ],
      remedies: [
        Remedy(
          summary: "raise the quota of \(owner.unit ?? throttling.group)",
          commands: owner.unit.map { ["systemctl set-property \(shellQuoted($0)) CPUQuota="] }
            ?? [],
          verify: "grep throttled /sys/fs/cgroup\(shellQuoted(throttling.group))/cpu.stat"
        )
      ])
  }

  private static func descriptors(_ question: CheckQuestion) -> Finding? {
    (question.owner?.accepting ?? []).lazy.compactMap { descriptors($0, question) }.first
  }

  private static func descriptors(
    _ owner: SocketHolder, _ question: CheckQuestion
  ) -> Finding? {
    guard
      case .value(let use, let source)? = question.facts.limits[owner.processID]?.descriptors,
      let limit = use.softLimit, limit > 0, case .exactly(let open) = use.open,
      Thresholds.reaches(question.thresholds.fileDescriptors, part: open, of: limit)
    else { return nil }
    return declaration.finding(
      "file-descriptors", .warn,
      "\(owner.command) (pid \(owner.processID)) has \(open) of \(limit) descriptors open: with the "
        + "last one gone it accepts no connection",
      evidence: [Evidence(source: source.description, text: "\(open) of \(limit)")],
      remedies: [
        Remedy(
          summary: "let the running process use all that its hard limit allows, and raise "
            + "LimitNOFILE= of its unit for good",
          commands: [
            "prlimit --pid \(owner.processID) --nofile=\"$(prlimit --pid \(owner.processID) "
              + "--nofile --output HARD --noheadings --raw)\":"
          ],
          persistence: .temporary,
          undo: ["prlimit --pid \(owner.processID) --nofile=\(limit):"],
          verify: "grep 'Max open files' /proc/\(owner.processID)/limits")
      ])
  }

  private static func calm(_ facts: HostFacts) -> String {
    if let share = facts.pressure.cpu.value?.some {
      return "tasks waited for processor time during \(Int(share.average60)) % of the last minute"
    }
    guard let load = facts.loadAverage.value else {
      return "the load is unknown: \(facts.loadAverage.reasonMissing ?? "")"
    }
    return "the load average is \(load.oneMinute)"
  }
}
