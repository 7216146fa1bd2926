import Checker
import LoadBalancer

/// The JSON report, version 1: names and types here are a public contract, never changed.
///
/// Kept apart from the values it is made of, so that those may change.
struct WireReport: Codable, Hashable {
  var schemaVersion: Int
  var reportID: String
  var takenAt: String
  var durationMilliseconds: Int
  var agent: Agent
  var host: Host
  var verdict: String
  var detail: String
  var targetOrigin: String
  var targets: [WireTarget]
  var findings: [WireFinding]
  var resolved: [Resolved]
  var missing: [String]
  var notes: [String]

  init(_ report: Report) {
    let diagnosis = report.diagnosis
    schemaVersion = 1
    reportID = report.reportID
    takenAt = report.takenAt.rfc3339
    durationMilliseconds = report.durationMilliseconds
    agent = Agent(version: report.agentVersion)
    host = Host(report.host)
    verdict = diagnosis.verdict.rawValue
    targetOrigin = diagnosis.targetOrigin.rawValue
    detail = report.detail.rawValue
    targets = diagnosis.targets.map { target in
      WireTarget(target, report.changes?.targets[target.target.name])
    }
    let standings = report.changes?.findings
    findings = diagnosis.findings.indices.map { index in
      WireFinding(
        diagnosis.findings[index],
        standings.flatMap { $0.indices.contains(index) ? $0[index] : nil })
    }
    resolved = (report.changes?.resolved ?? []).map(Resolved.init)
    missing = diagnosis.missing
    notes = report.note
  }

  struct Resolved: Codable, Hashable {
    var id: String
    var targets: [String]
    var since: String

    init(_ finding: ResolvedFinding) {
      id = finding.id
      targets = finding.targets
      since = finding.since.rfc3339
    }
  }

  struct Agent: Codable, Hashable {
    var version: String
  }

  struct Host: Codable, Hashable {
    var operatingSystem: String
    @Nullable var hostname: String?
    @Nullable var machineID: String?
    var privateAddresses: [String]
    @Nullable var kernel: String?
    @Nullable var distribution: String?
    @Nullable var instanceID: String?
    @Nullable var region: String?

    init(_ host: ReportHost) {
      operatingSystem = host.operatingSystem.wireName
      _hostname = Nullable(host.hostname)
      _machineID = Nullable(host.machineID)
      privateAddresses = host.privateAddresses
      _kernel = Nullable(host.kernel)
      _distribution = Nullable(host.distribution)
      _instanceID = Nullable(host.instanceID)
      _region = Nullable(host.region)
    }
  }
}

extension ReportHost.OperatingSystem {
  /// The word of the JSON report.
  fileprivate var wireName: String {
    switch self {
    case .linux: "linux"
    case .windows: "windows"
    }
  }
}
