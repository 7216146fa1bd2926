import Synchronization

@testable import Delivery

/// A receiver in memory that answers as it is told, and keeps what it took.
final class RecordingReceiver: Exporter {
  let queue: QueueName
  let batchLimit: BatchLimit
  private let answer: @Sendable ([ShippedReport]) -> DeliveryOutcome
  private let taken = Mutex<[[UInt8]]>([])
  private let sizes = Mutex<[Int]>([])
  private let statuses = Mutex<[SpoolStatus]>([])

  init(
    _ queue: QueueName, limit: BatchLimit = BatchLimit(reports: 4, bytes: 1 << 20),
    answer: @escaping @Sendable ([ShippedReport]) -> DeliveryOutcome = { _ in
      .delivered(warning: nil)
    }
  ) {
    self.queue = queue
    batchLimit = limit
    self.answer = answer
  }

  /// The documents that it took, in the order of their coming.
  var documents: [[UInt8]] { taken.withLock { $0 } }
  var reportIDs: [String] { documents.compactMap { try? ShippedReport(parsing: $0).reportID } }
  /// How many reports each request had.
  var requests: [Int] { sizes.withLock { $0 } }
  var lastStatus: SpoolStatus? { statuses.withLock { $0.last } }

  func send(_ reports: [ShippedReport], status: SpoolStatus) -> DeliveryOutcome {
    sizes.withLock { $0.append(reports.count) }
    statuses.withLock { $0.append(status) }
    let outcome = answer(reports)
    switch outcome {
    case .delivered, .partlyRejected: taken.withLock { $0 += reports.map(\.document) }
    case .postponed, .refused, .misconfigured: break
    }
    return outcome
  }

  func preview(_ reports: [ShippedReport], status: SpoolStatus) -> String {
    reports.map(\.reportID).joined(separator: " ")
  }
}
