import Addressing
import Checker
import LoadBalancer
import Reporting

/// Reports as a real host would give them, for golden files and the validator.
enum SampleReports {
  /// One target, nothing wrong, a path of every hop.
  static let healthy: Report = report(
    Diagnosis(
      verdict: .pass, targetOrigin: .named,
      targets: [
        TargetDiagnosis(
          target: target(.http, port: 80) {
            $0.httpCheckPath = "/health"
            $0.httpCheckDomain = "shop.example.com"
            $0.assumed = []
          },
          verdict: .pass, path: healthyPath)
      ],
      findings: [], missing: []))

  static let healthyPath: [HopDiagnosis] = [
    hop("address", "10.0.0.5 is on eth0, which is up"),
    hop("conntrack", "312 of 65536 entries in use"),
    hop(
      "packet-filter",
      "accepts TCP from 100.64.0.0/10 to port 80 by rule 4 of iptables filter INPUT"),
    hop("nat", "no rule changes the destination"),
    hop("routing", "replies to 100.64.0.0/10 leave by eth0; the reverse-path filter is off"),
    hop("listening-socket", "nginx (process 812) listens on 0.0.0.0:80"),
    hop("accept-queue", "0 of 511 connections wait"),
    hop("tcp", "tcp_tw_recycle is gone since kernel 4.12"),
    hop("application", "HEAD /health answered 200 after 3 ms"),
    hop("load", "no pressure on processor, memory or disk"),
    hop("health-check", "every parameter is legal and near its default"),
    hop("bandwidth", "the instance has bandwidth of its own"),
    hop("security-software", "none runs"),
  ]

  /// Two targets, a cause with consequences, findings of all four layers and severities.
  static let rich: Report = report(
    Diagnosis(
      verdict: .fail, targetOrigin: .traffic, targets: [richTarget, richSecondTarget],
      findings: [
        packetFilterFinding, timeOutFinding, unexpectedStatus, acceptQueue, methodRefused,
        pressure, bandwidth, unreadable, securitySoftware,
      ],
      missing: [
        "which process owns 0.0.0.0:8080: reading /proc/1203/fd is denied; needs CAP_SYS_PTRACE, or run as root",
        "ipset save: no answer within 5 s",
      ]),
    note: ["Replayed from web-1.capture; its times are those of the capture."])

  /// As little as a report can hold.
  static let minimal = Report(
    reportID: "0", takenAt: Timestamp(secondsSinceEpoch: 0), durationMilliseconds: 0,
    agentVersion: "0.1.0", host: ReportHost(),
    diagnosis: Diagnosis(
      verdict: .unknown, targetOrigin: .listeningSockets, targets: [], findings: [],
      missing: ["/proc/net/tcp: permission denied (EACCES)"]))

  static let web1 = ReportHost(
    hostname: "web-1", machineID: "4c4c4544004d3510804eb4c04f4a3332",
    privateAddresses: ["10.0.0.5"], kernel: "5.10.0-28-amd64",
    distribution: "Debian GNU/Linux 11 (bullseye)")

  static func report(_ diagnosis: Diagnosis, host: ReportHost = web1, note: [String] = [])
    -> Report
  {
    Report(
      reportID: "b8f1e9c4-6a0d-4a4e-9a53-1f5d6c1c8e2a",
      takenAt: Timestamp(secondsSinceEpoch: 1_772_352_930, nanoseconds: 123_456_789),
      durationMilliseconds: 41, agentVersion: "0.1.0", host: host, diagnosis: diagnosis,
      note: note)
  }

  static func target(
    _ transport: TargetProtocol, port: UInt16, sources: [AddressPrefix] = [ProbeSources.range],
    _ change: (inout HealthCheck) -> Void = { _ in }
  ) -> Target {
    var check = HealthCheck()
    change(&check)
    return Target(
      transport: transport, address: .v4(0x0A00_0005), port: port, sources: sources,
      healthCheck: check)
  }

  static func hop(
    _ name: String, _ summary: String, _ verdict: Verdict = .pass, cause: String? = nil
  ) -> HopDiagnosis {
    HopDiagnosis(
      hop: name, verdict: verdict, summary: summary, cause: cause.map(FindingID.init(rawValue:)))
  }
}
