import Delivery

/// What `ship --format json` prints.
enum ShippedSummaries {
  static func render(_ summaries: [QueueSummary]) -> String {
    PrintedJSON.render(summaries.map(Row.init))
  }

  private struct Row: Encodable {
    var queue: String
    var requests: Int
    var delivered: Int
    var rejected: Int
    var rejectedRecords: Int
    var dropped: Int
    var damaged: Int
    var waiting: Int
    var unfinished: Bool
    var text: String

    init(_ summary: QueueSummary) {
      queue = summary.queue.description
      requests = summary.requests
      delivered = summary.delivered
      rejected = summary.rejected
      rejectedRecords = summary.rejectedRecords
      dropped = summary.dropped
      damaged = summary.damaged
      waiting = summary.left
      unfinished = summary.isUnfinished
      text = summary.line
    }
  }
}
