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

  /// What the next request of each queue would send, in a form for people; nothing is sent or changed.
  ///
  /// - Returns: of each queue where something waits, in the order of the exporters.
  package func preview() throws(SpoolError) -> [(queue: QueueName, text: String)] {
    let status = try spool.status(queues: exporters.map(\.queue))
    var previews: [(queue: QueueName, text: String)] = []
    for exporter in exporters {
      let waiting = try spool.waiting(in: exporter.queue)
      let count = BatchPlan(limit: exporter.batchLimit).count(of: waiting.lazy.map(\.bytes))
      let directory = SpoolLayout.directory(of: exporter.queue)
      let reports = waiting.prefix(count).compactMap { entry in
        (try? spool.document(of: entry, in: directory).get())
          .flatMap { try? ShippedReport(parsing: $0) }
      }
      guard !reports.isEmpty else { continue }
      previews.append((exporter.queue, exporter.preview(reports, status: status)))
    }
    return previews
  }

  private func drain(_ exporter: any Exporter, _ status: SpoolStatus) -> QueueSummary {
    var drain = QueueDrain(
      spool, to: exporter, options: options, environment: environment, others: status)
    return drain.run()
  }
}
