package import Reporting

/// What a receiver is told of one report: the members of the JSON report that travel.
///
/// It is read back from the JSON document that the spool keeps, which an older or newer agent may have
/// written: members that are missing are `nil` or empty.
package struct ShippedReport: Sendable, Hashable {
  /// The JSON document as the spool keeps it; see `Docs/report.md`.
  package var document: [UInt8]
  package var reportID: String
  package var takenAt: Timestamp
  package var durationMilliseconds: Int
  package var agentVersion: String
  package var detail: ReportDetail
  package var host: Host
  /// `pass`, `warn`, `fail` or `unknown`.
  package var verdict: String
  package var targets: [Target]
  package var findings: [Finding]
  /// Findings of the run before that are gone.
  package var resolved: [Resolved]

  package struct Host: Sendable, Hashable {
    package var operatingSystem: String?
    package var hostname: String?
    package var machineID: String?
    package var privateAddresses: [String] = []
    package var kernel: String?
    package var distribution: String?
    package var instanceID: String?
    package var region: String?

    package init() {}
  }

  package struct Target: Sendable, Hashable {
    package var name: String
    /// `tcp`, `udp`, `http`, `https`, `grpc` or `grpcs`.
    package var scheme: String
    package var address: String
    package var port: Int
    package var verdict: String
    /// The listener's and its load balancer's ids, where documents told them.
    package var loadBalancerID: String?
    package var listenerID: String?
    /// Hops in the order of the probe; of a summary only those that are not `pass`.
    package var hops: [Hop]
    package var since: Timestamp?
    package var change: Change?
  }

  package struct Hop: Sendable, Hashable {
    package var name: String
    package var verdict: String
    package var summary: String
    package var cause: String?
    package var isSkipped: Bool
  }

  package struct Finding: Sendable, Hashable {
    package var id: String
    package var layer: String
    /// `fail`, `warn`, `unknown` or `info`.
    package var severity: String
    package var summary: String
    package var targets: [String]
    package var cause: String?
    package var isSkipped: Bool
    package var evidence: [Evidence]
    /// The first remedy's commands; empty where there is none.
    package var commands: [String]
    package var since: Timestamp?
    package var change: Change?
  }

  package struct Evidence: Sendable, Hashable {
    package var source: String
    package var text: String
  }

  package struct Resolved: Sendable, Hashable {
    package var id: String
    package var targets: [String]
    package var since: Timestamp?
  }

  package typealias Change = Standing.Change
}
