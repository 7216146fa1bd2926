internal import Reporting

/// Sends what waits to its receivers.
///
/// Receivers are served at once, each by a thread of its own, so that one that hangs holds up no other; the
/// queues of one receiver go one after the other. Whoever runs it holds the state directory's lock.
package struct Shipper: Sendable {
  private let spool: Spool
  private let exporters: [any Exporter]
  private let options: ShippingOptions
  private let environment: ShippingEnvironment

  /// - Parameter exporters: one for each queue that is to be drained.
  package init(
    _ spool: Spool, to exporters: [any Exporter], options: ShippingOptions = ShippingOptions(),
    environment: ShippingEnvironment = .system
  ) {
    self.spool = spool
    self.exporters = exporters
    self.options = options
    self.environment = environment
  }

  /// Drains every queue as far as its receiver and the options let it; blocks until all are left.
  ///
  /// - Returns: what became of each queue, in the order of the exporters.
  /// - Throws: when the spool cannot be read at all; then nothing was sent.
  package func run() throws(SpoolError) -> [QueueSummary] {
    let status = try spool.status(queues: exporters.map(\.queue))
    let receivers = Dictionary(grouping: exporters, by: \.queue.receiver)
    let jobs = receivers.values.map { group in
      { @Sendable in group.map { drain($0, status) } }
    }
    let summaries = atOnce(jobs).flatMap { $0 }
    return exporters.compactMap { exporter in
      summaries.first { $0.queue == exporter.queue }
    }
  }

  private func drain(_ exporter: any Exporter, _ status: SpoolStatus) -> QueueSummary {
    var drain = QueueDrain(
      spool, to: exporter, options: options, environment: environment, others: status)
    return drain.run()
  }
}
