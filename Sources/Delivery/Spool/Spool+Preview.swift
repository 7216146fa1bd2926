extension Spool {
  /// The reports that the next request of a queue would hold, newest first; nothing is changed.
  ///
  /// Files that are no reports are left out, as the request would.
  package func next(in queue: QueueName, limit: BatchLimit) throws(SpoolError) -> [ShippedReport] {
    let waiting = try waiting(in: queue)
    let count = BatchPlan(limit: limit).count(of: waiting.lazy.map(\.bytes))
    return waiting.prefix(count).compactMap { entry in
      guard
        case .success(let document) = document(of: entry, in: SpoolLayout.directory(of: queue))
      else { return nil }
      return try? ShippedReport(parsing: document)
    }
  }
}
