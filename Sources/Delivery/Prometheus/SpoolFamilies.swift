import Reporting

/// What the spool says of itself, queue by queue.
struct SpoolFamilies {
  private typealias Column = (
    declaration: MetricFamily.Declaration, value: @Sendable (SpoolStatus.Queue) -> MetricValue?
  )

  private static let columns: [Column] = [
    (.init("clb_spool_reports", "Reports that wait to be sent."), { .count($0.reports) }),
    (.init("clb_spool_size_bytes", "Bytes of the reports that wait."), { .count($0.bytes) }),
    (
      .init("clb_spool_oldest_timestamp_seconds", "When the oldest report that waits was taken."),
      { $0.oldest.map(MetricValue.moment) }
    ),
    (
      .init("clb_spool_delivered_total", .counter, "Reports that the receiver took."),
      { .count($0.deliveredTotal) }
    ),
    (
      .init(
        "clb_spool_dropped_total", .counter,
        "Reports removed unsent: the spool was full, or they were too old."),
      { .count($0.droppedTotal) }
    ),
    (
      .init("clb_spool_rejected_total", .counter, "Reports that the receiver refused for good."),
      { .count($0.rejectedTotal) }
    ),
    (
      .init("clb_delivery_failures", "Requests in a row that failed; 0 behind one that did not."),
      { .count($0.failures) }
    ),
    (
      .init("clb_last_delivery_timestamp_seconds", "When the receiver last took a report."),
      { $0.lastDelivery.map(MetricValue.moment) }
    ),
  ]

  private static let damaged = MetricFamily.Declaration(
    "clb_spool_damaged_total", .counter, "Files of the spool set aside as damaged.")

  static let declared = columns.map(\.declaration) + [damaged]

  let families: [MetricFamily]

  init(_ status: SpoolStatus) {
    let perQueue = Self.columns.map { column in
      var family = MetricFamily(column.declaration)
      for queue in status.queues {
        guard let value = column.value(queue) else { continue }
        let labels = [("receiver", queue.name.receiver), ("signal", queue.name.signal.rawValue)]
        family.add(labels, value)
      }
      return family
    }
    families = perQueue + [MetricFamily(Self.damaged, .count(status.damagedTotal))]
  }
}
