/// Where reports go, as the settings name it.
package struct Receiver: Sendable, Hashable {
  /// Names it in the spool's directories, metrics and messages: 1 to 32 of `a-z`, `0-9` and `-`.
  package var name: String
  package var kind: Kind
  /// Seconds from one request to the next while nothing changes; 0 for one at each run.
  package var sendInterval: Int

  package init(name: String, kind: Kind, sendInterval: Int = 0) {
    self.name = name
    self.kind = kind
    self.sendInterval = sendInterval
  }

  package enum Kind: Sendable, Hashable {
    case otlp(OTLPReceiver)
    case webhook(HTTPEndpoint)
    /// OTLP JSON lines, appended to one file for each signal: `DIRECTORY/logs.jsonl`, `metrics.jsonl`.
    case otlpFile(directory: String)
    /// A file for node_exporter's textfile collector, replaced at each run; it has no queue.
    case textfile(path: String)
  }

  /// The directory that runs write to for it; `nil` for a receiver behind a network.
  package var writtenDirectory: String? {
    switch kind {
    case .otlp, .webhook: return nil
    case .otlpFile(let directory): return directory
    case .textfile(let path):
      guard let slash = path.lastIndex(of: "/") else { return nil }
      return slash == path.startIndex ? "/" : String(path[..<slash])
    }
  }

  /// What is kept for the receiver until it has been delivered: one queue for each signal.
  package var queues: [QueueName] {
    let signals: [QueueName.Signal] =
      switch kind {
      case .otlp(let receiver): receiver.signals
      case .webhook: [.report]
      case .otlpFile: [.logs, .metrics]
      case .textfile: []
      }
    return signals.map { QueueName(receiver: name, signal: $0) }
  }
}

/// One queue of the spool: acknowledged and retried apart from all others.
///
/// Signals of one receiver have a queue each, so that refused metrics never send accepted logs again.
package struct QueueName: Sendable, Hashable {
  package var receiver: String
  package var signal: Signal

  package init(receiver: String, signal: Signal) {
    self.receiver = receiver
    self.signal = signal
  }

  package enum Signal: String, Sendable, Hashable, CaseIterable {
    case logs, metrics
    /// The JSON report itself.
    case report
  }
}

extension QueueName: CustomStringConvertible {
  /// As the spool's directories have it: `central.logs`.
  package var description: String { "\(receiver).\(signal.rawValue)" }
}
