import Reporting

@testable import Delivery

/// Reports as a spool would hand them out.
enum SampleReport {
  static let takenAt = Timestamp(secondsSinceEpoch: 1_795_226_094, nanoseconds: 799_000_000)
  static let now = Timestamp(secondsSinceEpoch: 1_795_226_099, nanoseconds: 5)

  static var host: ShippedReport.Host {
    var host = ShippedReport.Host()
    host.operatingSystem = "Linux"
    host.hostname = "web-1"
    host.machineID = "0123456789abcdef0123456789abcdef"
    host.privateAddresses = ["10.0.0.5", "fd00::5"]
    host.distribution = "Debian GNU/Linux 12 (bookworm)"
    host.instanceID = "ins-9z8y7x6w"
    host.region = "ap-guangzhou"
    return host
  }

  /// One target fails and one passes.
  static func failing(_ detail: ReportDetail = .summary, id: String = "r-1") -> ShippedReport {
    ShippedReport(
      document: Array("{\"schemaVersion\":1,\"reportID\":\"\(id)\"}\n".utf8), reportID: id,
      takenAt: takenAt, durationMilliseconds: 41, agentVersion: "1.2.0", detail: detail, host: host,
      verdict: "fail", targets: [failingTarget, passingTarget], findings: [finding],
      resolved: [
        .init(id: "load.cpu-pressure", targets: [], since: takenAt)
      ])
  }

  private static let failingTarget = ShippedReport.Target(
    name: "http://10.0.0.5:80/health", scheme: "http", address: "10.0.0.5", port: 80,
    verdict: "fail", loadBalancerID: "lb-1a2b3c4d", listenerID: nil,
    hops: [
      .init(
        name: "packet-filter", verdict: "fail", summary: "a rule drops 100.64.0.0/10", cause: nil,
        isSkipped: false),
      .init(
        name: "application", verdict: "unknown", summary: "not asked",
        cause: "packet-filter.drops-probe", isSkipped: true),
    ], since: Timestamp(secondsSinceEpoch: 1_795_220_000), change: .unchanged)

  private static let passingTarget = ShippedReport.Target(
    name: "udp://10.0.0.5:53", scheme: "udp", address: "10.0.0.5", port: 53, verdict: "pass",
    hops: [
      .init(
        name: "listening-socket", verdict: "pass", summary: "named listens", cause: nil,
        isSkipped: false)
    ], since: nil, change: .unchanged)

  private static let finding = ShippedReport.Finding(
    id: "packet-filter.drops-probe", layer: "layer4", severity: "fail",
    summary: "iptables drops the probe\u{1b}[2J", targets: ["http://10.0.0.5:80/health"],
    cause: nil, isSkipped: false,
    evidence: [.init(source: "iptables-save", text: "-A INPUT -s 100.64.0.0/10 -j DROP\u{202e}")],
    commands: ["iptables -I INPUT -s 100.64.0.0/10 -p tcp --dport 80 -j ACCEPT"],
    since: takenAt, change: .new)

  static var status: SpoolStatus {
    var queue = SpoolStatus.Queue(name: QueueName(receiver: "central", signal: .logs))
    queue.reports = 3
    queue.bytes = 4096
    queue.droppedTotal = 7
    return SpoolStatus(queues: [queue], damagedTotal: 1)
  }
}

extension ExporterEnvironment {
  /// Without TLS, at a fixed time of day.
  static func test(credentials: String? = nil) -> ExporterEnvironment {
    ExporterEnvironment(
      agentVersion: "1.2.0", tls: nil, credentialsDirectory: credentials,
      now: { SampleReport.now })
  }
}
