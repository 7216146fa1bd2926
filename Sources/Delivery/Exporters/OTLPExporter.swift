import Reporting

/// Sends one signal of reports to an OTLP/HTTP receiver.
struct OTLPExporter: Exporter {
  let queue: QueueName
  private let receiver: OTLPReceiver
  private let sender: HTTPSender
  private let environment: ExporterEnvironment

  /// A MiB of documents makes far less protobuf, and receivers take 1 to 20 MiB.
  let batchLimit = BatchLimit(reports: 100, bytes: 1 << 20)

  init(_ queue: QueueName, _ receiver: OTLPReceiver, _ environment: ExporterEnvironment) {
    self.queue = queue
    self.receiver = receiver
    self.environment = environment
    sender = HTTPSender(
      receiver.endpoint, to: receiver.url(for: queue.signal), environment)
  }

  func send(_ reports: [ShippedReport], status: SpoolStatus) -> DeliveryOutcome {
    // OTLP: a request with no record or point is not sent.
    guard !reports.isEmpty else { return .delivered(warning: nil) }
    let request = request(reports, status)
    let bytes =
      switch receiver.encoding {
      case .protobuf: request.protobuf
      case .json: Array(request.json.utf8)
      }
    let content = HTTPContent(type: receiver.encoding.contentType, bytes: bytes)
    let answer = sender.post(receiver.compression == .gzip ? content.gzipped() : content)
    let judge = AnswerJudge(
      reading: .otlp(queue.signal, receiver.encoding), now: environment.now())
    let outcome = judge.outcome(of: answer)
    return receiver.urls[queue.signal] == nil ? outcome : outcome.blaming(urlKey)
  }

  func preview(_ reports: [ShippedReport], status: SpoolStatus) -> String {
    request(reports, status).json + "\n"
  }

  /// The key of a URL that is this signal's alone.
  private var urlKey: ReceiverKey { queue.signal == .metrics ? .metricsURL : .logsURL }

  private func request(_ reports: [ShippedReport], _ status: SpoolStatus) -> OTLPRequest {
    OTLPRequest(
      queue.signal, reports, status, agentVersion: environment.agentVersion, now: environment.now())
  }
}

extension OTLPReceiver {
  /// The signal's own URL, else the base with the path of the specification behind it.
  func url(for signal: QueueName.Signal) -> ReceiverURL {
    if let url = urls[signal] { return url }
    var url = endpoint.url
    url.path += signal == .metrics ? "/v1/metrics" : "/v1/logs"
    return url
  }
}

/// A request of either signal, ready for either encoding.
enum OTLPRequest {
  case logs(ExportLogsRequest)
  case metrics(ExportMetricsRequest)

  init(
    _ signal: QueueName.Signal, _ reports: [ShippedReport], _ status: SpoolStatus,
    agentVersion: String, now: Timestamp
  ) {
    self =
      switch signal {
      case .metrics: .metrics(ExportMetricsRequest(reports, status, agentVersion, now))
      case .logs, .report: .logs(ExportLogsRequest(reports, agentVersion, now))
      }
  }

  var protobuf: [UInt8] {
    switch self {
    case .logs(let request): ProtobufWriter.bytes(of: request)
    case .metrics(let request): ProtobufWriter.bytes(of: request)
    }
  }

  /// One line, without a line feed.
  var json: String {
    switch self {
    case .logs(let request): OTLPJSONWriter.text(of: request)
    case .metrics(let request): OTLPJSONWriter.text(of: request)
    }
  }
}
