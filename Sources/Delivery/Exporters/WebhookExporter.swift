/// Posts the JSON reports themselves, several in one document.
struct WebhookExporter: Exporter {
  let queue: QueueName
  private let sender: HTTPSender
  private let environment: ExporterEnvironment

  /// Together under the MiB that nginx takes if nobody tells it otherwise.
  let batchLimit = BatchLimit(reports: 50, bytes: 768 << 10)

  init(_ queue: QueueName, _ endpoint: HTTPEndpoint, _ environment: ExporterEnvironment) {
    self.queue = queue
    self.environment = environment
    sender = HTTPSender(endpoint, to: endpoint.url, environment)
  }

  func send(_ reports: [ShippedReport], status: SpoolStatus) -> DeliveryOutcome {
    let content = HTTPContent(
      type: "application/json", bytes: Self.document(of: reports, status))
    let judge = AnswerJudge(reading: .ignored, now: environment.now())
    return judge.outcome(of: sender.post(content))
  }

  func preview(_ reports: [ShippedReport], status: SpoolStatus) -> String {
    String(decoding: Self.document(of: reports, status), as: UTF8.self)
  }

  /// `{"schemaVersion":1,"reports":[…],"spool":{…}}`, the reports as the spool has them.
  private static func document(of reports: [ShippedReport], _ status: SpoolStatus) -> [UInt8] {
    var bytes = Array("{\"schemaVersion\":1,\"reports\":[".utf8)
    for (index, report) in reports.enumerated() {
      if index > 0 { bytes += Array(",\n".utf8) }
      bytes += report.document.last == 10 ? report.document.dropLast() : report.document[...]
    }
    return bytes + Array("],\"spool\":\(json(status))}\n".utf8)
  }

  private static func json(_ status: SpoolStatus) -> String {
    let queues = status.queues.map { queue in
      "{\"receiver\":\(JSONString.quoted(queue.name.receiver)),"
        + "\"signal\":\"\(queue.name.signal.rawValue)\",\"reports\":\(queue.reports),"
        + "\"bytes\":\(queue.bytes),\"deliveredTotal\":\(queue.deliveredTotal),"
        + "\"droppedTotal\":\(queue.droppedTotal),\"rejectedTotal\":\(queue.rejectedTotal)}"
    }
    return "{\"damagedTotal\":\(status.damagedTotal),\"queues\":[\(queues.joined(separator: ","))]}"
  }
}
