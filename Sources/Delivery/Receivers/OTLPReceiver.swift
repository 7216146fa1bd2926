/// A receiver that speaks OTLP/HTTP.
///
/// Source: the OTLP specification 1.11 and its "exporter settings".
package struct OTLPReceiver: Sendable, Hashable {
  /// The base URL: signals go to `/v1/logs` and `/v1/metrics` below it.
  package var endpoint: HTTPEndpoint
  /// Signals with a URL of their own, which is used as it is.
  package var urls: [QueueName.Signal: ReceiverURL]
  /// What is sent: logs, metrics or both.
  package var signals: [QueueName.Signal]
  package var encoding: Encoding
  package var compression: Compression

  package init(
    endpoint: HTTPEndpoint, urls: [QueueName.Signal: ReceiverURL] = [:],
    signals: [QueueName.Signal] = [.logs, .metrics], encoding: Encoding = .protobuf,
    compression: Compression = .gzip
  ) {
    self.endpoint = endpoint
    self.urls = urls
    self.signals = signals
    self.encoding = encoding
    self.compression = compression
  }

  package enum Encoding: String, Sendable, Hashable, CaseIterable {
    case protobuf, json
  }

  package enum Compression: String, Sendable, Hashable, CaseIterable {
    case gzip, none
  }
}
