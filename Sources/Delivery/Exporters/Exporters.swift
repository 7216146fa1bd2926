/// Makes what sends to a receiver.
package enum Exporters {
  /// One exporter for each queue of the receiver, in the order of `Receiver.queues`; none for a textfile.
  package static func make(
    for receiver: Receiver, in environment: ExporterEnvironment
  ) -> [any Exporter] {
    receiver.queues.map { queue in
      switch receiver.kind {
      case .otlp(let otlp): OTLPExporter(queue, otlp, environment)
      case .webhook(let endpoint): WebhookExporter(queue, endpoint, environment)
      case .otlpFile(let directory), .textfile(let directory):
        OTLPFileExporter(queue, directory: directory, environment)
      }
    }
  }
}
