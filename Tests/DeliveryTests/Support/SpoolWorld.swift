import Reporting

@testable import Delivery

/// What tests of the spool share.
enum SpoolWorld {
  static let now = Timestamp(secondsSinceEpoch: 1_772_352_000)
  static let logs = QueueName(receiver: "central", signal: .logs)
  static let metrics = QueueName(receiver: "central", signal: .metrics)
  static let webhook = QueueName(receiver: "hook", signal: .report)

  /// A moment so many seconds after `now`.
  static func moment(_ seconds: Int) -> Timestamp { now.adding(seconds: seconds) }

  /// A JSON report with so much text that it is about that long.
  static func document(_ id: String, seconds: Int = 0, bytes: Int = 200) -> [UInt8] {
    let padding = String(repeating: "x", count: max(0, bytes - 100))
    return Array(
      #"{"schemaVersion":1,"reportID":"\#(id)","takenAt":"\#(moment(seconds).rfc3339)","notes":["\#(padding)"]}"#
        .utf8)
  }

  /// Time that stands still, and the longest of all waits.
  static func environment(_ seconds: Int = 0) -> ShippingEnvironment {
    ShippingEnvironment(now: { moment(seconds) }, elapsedMilliseconds: { 0 }, random: { $0 })
  }
}

extension Spool {
  /// Stores a report that was taken so many seconds after `SpoolWorld.now`.
  @discardableResult
  func store(
    _ id: String, seconds: Int = 0, bytes: Int = 200, queues: [QueueName]
  ) throws(SpoolError) -> Stored {
    try store(
      document: SpoolWorld.document(id, seconds: seconds, bytes: bytes), reportID: id,
      takenAt: SpoolWorld.moment(seconds), queues: queues, at: SpoolWorld.moment(seconds))
  }
}
