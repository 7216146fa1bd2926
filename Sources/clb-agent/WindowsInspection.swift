import Addressing
import Checker
import Glibc
import Host
import LoadBalancer
import Reporting
import Windows

/// One run on the files of a Windows host.
struct WindowsInspection {
  let report: Report

  /// Reads the directory's known files, and judges by them alone: nothing is probed.
  init(_ plan: InspectionPlan, directory: String) throws(RunError) {
    let start = ContinuousClock.now
    let capture = try WindowsCapture(directory)
    let facts = WindowsFacts(capture.files)
    let selection = try WindowsInspection.select(plan, facts, directory)
    let server = RealServer(addresses: facts.configuration.value?.privateAddresses ?? [])
    let cloud = plan.cloudFacts(metadata: nil, server: server, targets: selection.targets)
    let diagnosis = Checker(
      checks: plan.checks, thresholds: plan.thresholds, skips: plan.skips
    )
    .diagnose(selection.targets, origin: selection.origin, facts: facts, cloud: cloud)
    report = Report(
      reportID: Inspection.makeReportID(), takenAt: capture.takenAt,
      durationMilliseconds: Int((ContinuousClock.now - start) / .milliseconds(1)),
      agentVersion: AgentVersion.current, host: ReportHost(facts, cloud), diagnosis: diagnosis,
      note: selection.notes)
  }

  private static func select(
    _ plan: InspectionPlan, _ facts: WindowsFacts, _ directory: String
  ) throws(RunError) -> TargetSelection {
    do throws(TargetSelectionError) {
      if let listeners = plan.listeners {
        return try TargetSelection(listeners: listeners, facts: facts)
      }
      return try TargetSelection(
        named: plan.named, namedIn: plan.namedIn, sources: plan.sources,
        healthCheck: plan.healthCheck, facts: facts)
    } catch {
      guard case .notBehindListeners = error else {
        throw .unknown("--from \"\(directory)\": \(error)")
      }
      throw .usage("--listeners: \(error)")
    }
  }
}

/// The files of a directory that are those of a Windows capture.
struct WindowsCapture {
  private(set) var files: [CaptureFile: Reading<[UInt8]>] = [:]
  /// When the newest of them was written.
  private(set) var takenAt = Timestamp(secondsSinceEpoch: 0, nanoseconds: 0)

  /// - Throws: when none of them is there, or the directory cannot be looked into.
  init(_ directory: String) throws(RunError) {
    for file in CaptureFile.allCases {
      let path = "\(directory)/\(file.rawValue)"
      var status = stat()
      guard stat(path, &status) == 0 else {
        guard errno == ENOENT else {
          throw .usage("--from \"\(path)\": \(systemErrorText(errno)); expected a readable file")
        }
        continue
      }
      files[file] = .value(
        try InputFile.read(path, option: "--from", expected: "the output of \(file.command)"),
        from: .file(file.rawValue))
      let written = Timestamp(
        secondsSinceEpoch: Int64(status.st_mtim.tv_sec), nanoseconds: status.st_mtim.tv_nsec)
      if (takenAt.secondsSinceEpoch, takenAt.nanoseconds)
        < (written.secondsSinceEpoch, written.nanoseconds)
      {
        takenAt = written
      }
    }
    guard !files.isEmpty else {
      let names = CaptureFile.allCases.map(\.rawValue).joined(separator: ", ")
      throw .usage(
        "--from \"\(directory)\": a directory without any file of a Windows capture; expected one or "
          + "more of \(names)")
    }
  }

  /// Whether the path is a directory, and so no capture file of a Linux host.
  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

extension ReportHost {
  /// What the files know of a Windows host's name and make.
  init(_ facts: WindowsFacts, _ cloud: CloudFacts) {
    self.init(
      operatingSystem: .windows, hostname: facts.configuration.value?.hostname,
      privateAddresses: (facts.configuration.value?.privateAddresses ?? []).map(\.description),
      kernel: facts.version.value, instanceID: cloud.instanceID)
  }
}
