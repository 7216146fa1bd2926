package import Host

/// What a quota of processor time took from a control group.
///
/// The counts run from the making of the group, which for a service is its last start: hours or months.
/// They tell that the quota was used up at some time, and how often in all; not when, and not whether
/// it is so now. Two readings some seconds apart would tell that, and one does not wait for them here.
///
/// Source: `cpu.max` and `cpu.stat` of version 2, `cpu.cfs_quota_us`, `cpu.cfs_period_us` and
/// `cpu.stat` of version 1; the kernel's documentation of control groups.
package struct CPUThrottling: Sendable, Hashable {
  /// The group from its hierarchy's root.
  package var group: String
  /// Processor time that the group may use in one period, of all processors together.
  package var quotaMicroseconds: Int
  package var periodMicroseconds: Int
  /// Periods in which the group had work.
  package var periods: Int
  /// Those of them in which the quota was used up.
  package var throttledPeriods: Int
  package var throttledMicroseconds: Int

  /// The part of the periods with work in which the quota was used up, 0–1; `nil` where there was no
  /// work yet. An average since the group was made: a bad minute in a good month does not show.
  package var throttledShare: Double? {
    guard periods > 0 else { return nil }
    return min(1, Double(throttledPeriods) / Double(periods))
  }

  package init(
    group: String, quotaMicroseconds: Int, periodMicroseconds: Int, periods: Int,
    throttledPeriods: Int, throttledMicroseconds: Int
  ) {
    self.group = group
    self.quotaMicroseconds = quotaMicroseconds
    self.periodMicroseconds = periodMicroseconds
    self.periods = periods
    self.throttledPeriods = throttledPeriods
    self.throttledMicroseconds = throttledMicroseconds
  }

  /// The groups with a quota that a process is in, innermost first; empty where nothing limits it.
  ///
  /// Reads at most three files a group; needs no privilege.
  package static func read(
    ofProcess process: Int, from door: some HostDoor
  ) -> Reading<[CPUThrottling]> {
    door.readFile("/proc/\(process)/cgroup", limit: .standard)
      .parsedText(ControlGroups.init(parsing:))
      .flatMap { groups, source in
        guard let group = groups.processorGroup else { return .value([], from: source) }
        var found: [CPUThrottling] = []
        for path in group.pathsUpwards {
          switch read(path, group.version, from: door) {
          case .value(let throttling, _): found.append(throttling)
          case .absent: continue
          case .denied(let source, let capability): return .denied(source, needs: capability)
          case .failed(let source, let failure): return .failed(source, failure)
          }
        }
        return .value(found, from: source)
      }
  }

  /// One group's; absent where it has no quota, or no `cpu` controller of its own.
  private static func read(
    _ path: String, _ version: ControlGroups.ProcessorGroup.Version, from door: some HostDoor
  ) -> Reading<CPUThrottling> {
    switch version {
    case .two:
      return readVersion2("/sys/fs/cgroup" + path, group: path, from: door)
    case .one(let mountNames):
      var reading: Reading<CPUThrottling> = .absent(.file("/sys/fs/cgroup"))
      for name in mountNames {
        reading = readVersion1("/sys/fs/cgroup/\(name)\(path)", group: path, from: door)
        if case .absent = reading { continue }
        break
      }
      return reading
    }
  }

  private static func readVersion2(
    _ directory: String, group: String, from door: some HostDoor
  ) -> Reading<CPUThrottling> {
    let limit = door.readFile(directory + "/cpu.max", limit: .standard)
      .parsedText(QuotaLimit.init(parsingMax:))
    return combine(limit, with: directory, group: group, from: door)
  }

  private static func readVersion1(
    _ directory: String, group: String, from door: some HostDoor
  ) -> Reading<CPUThrottling> {
    let quota = door.readFile(directory + "/cpu.cfs_quota_us", limit: .standard)
    let period = door.readFile(directory + "/cpu.cfs_period_us", limit: .standard)
    let limit = quota.parsedText { quotaText throws(ParseFailure) in
      let periodText = String(decoding: period.value ?? [], as: UTF8.self)
      return try QuotaLimit(parsingQuota: quotaText, period: periodText)
    }
    return combine(limit, with: directory, group: group, from: door)
  }

  private static func combine(
    _ limit: Reading<QuotaLimit>, with directory: String, group: String, from door: some HostDoor
  ) -> Reading<CPUThrottling> {
    limit.flatMap { limit, source in
      guard case .quota(let quota, let period) = limit else { return .absent(source) }
      return door.readFile(directory + "/cpu.stat", limit: .standard)
        .parsedText { text throws(ParseFailure) in
          let statistics = try ThrottlingStatistics(parsing: text)
          return CPUThrottling(
            group: group, quotaMicroseconds: quota, periodMicroseconds: period,
            periods: statistics.periods, throttledPeriods: statistics.throttledPeriods,
            throttledMicroseconds: statistics.throttledMicroseconds)
        }
    }
  }
}
