import Delivery
import Reporting

/// Sends what the fleet's hosts would, by the agent's own OTLP exporter, to a real receiver.
struct FleetSender {
  private let exporter: any Exporter
  /// Requests that were made.
  private(set) var requests = 0

  /// `nil` for text that is no URL of a receiver.
  init?(to url: String) {
    guard let url = ReceiverURL(parsing: url) else { return nil }
    let receiver = Receiver(
      name: "fleet",
      kind: .otlp(OTLPReceiver(endpoint: HTTPEndpoint(url: url), signals: [.logs])))
    let environment = ExporterEnvironment(
      agentVersion: "0", tls: nil, credentialsDirectory: nil,
      now: { Timestamp(secondsSinceEpoch: Self.begin) })
    guard let exporter = Exporters.make(for: receiver, in: environment).first else { return nil }
    self.exporter = exporter
  }

  /// When the play begins, in seconds since 1970.
  private static let begin: Int64 = 1_772_000_000

  /// Sends the reports that a host made in these seconds; whether the receiver has them.
  mutating func send(from host: Int, _ seconds: ArraySlice<Int32>) -> Bool {
    requests += 1
    let reports = seconds.reversed().compactMap { Self.report(of: host, at: Int($0)) }
    guard case .delivered = exporter.send(reports, status: SpoolStatus()) else { return false }
    return reports.count == seconds.count
  }

  /// A summary as a healthy host with two targets sends it each time.
  private static func report(of host: Int, at second: Int) -> ShippedReport? {
    let time = Timestamp(secondsSinceEpoch: begin + Int64(second)).rfc3339
    let targets = [80, 8443].map { port in
      """
      {"name":"http://10.0.0.5:\(port)/","protocol":"http","address":"10.0.0.5","port":\(port),\
      "verdict":"pass","since":"2026-02-01T00:00:00.000Z","change":"unchanged","path":[]}
      """
    }
    let document = """
      {"schemaVersion":1,"reportID":"\(host)-\(second)","takenAt":"\(time)",\
      "durationMilliseconds":41,"agent":{"version":"1.0.0"},"detail":"summary",\
      "host":{"operatingSystem":"linux","hostname":"web-\(host)","privateAddresses":["10.0.0.5"],\
      "instanceID":"ins-\(host)","region":"ap-guangzhou"},"verdict":"pass",\
      "targets":[\(targets.joined(separator: ","))],"findings":[],"resolved":[]}
      """
    return try? ShippedReport(parsing: Array(document.utf8))
  }
}
