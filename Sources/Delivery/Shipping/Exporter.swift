/// Sends reports of one queue to its receiver, several in one request.
package protocol Exporter: Sendable {
  var queue: QueueName { get }
  /// How much one request may hold.
  var batchLimit: BatchLimit { get }

  /// Sends the reports in one request, and judges the answer; blocks the calling thread until then.
  ///
  /// - Parameters:
  ///   - reports: at least one, newest first.
  ///   - status: what the spool has to say of itself, sent along.
  func send(_ reports: [ShippedReport], status: SpoolStatus) -> DeliveryOutcome

  /// The bytes that `send` would send, in a form for people: JSON, whatever the encoding on the wire.
  func preview(_ reports: [ShippedReport], status: SpoolStatus) -> String
}

/// How much one request may hold.
package struct BatchLimit: Sendable, Hashable {
  package var reports: Int
  /// Of the reports' JSON documents together; one larger report still goes, alone.
  package var bytes: Int

  package init(reports: Int, bytes: Int) {
    self.reports = reports
    self.bytes = bytes
  }
}

/// What became of one request.
package enum DeliveryOutcome: Sendable, Hashable {
  /// The receiver has all of it; a warning is what it had to say besides.
  case delivered(warning: String?)
  /// The receiver has it, but for so many records that it will never take.
  case partlyRejected(count: Int, reason: String)
  /// Nobody has it; it may go later.
  ///
  /// - Parameter afterSeconds: what the receiver asked for (`Retry-After`).
  case postponed(reason: String, afterSeconds: Int?)
  /// The receiver will never take this very request; smaller ones may do.
  case refused(reason: String)
  /// The settings are at fault, not the reports: nothing goes until somebody mends them.
  ///
  /// - Parameter key: the settings' key at fault: `headerFiles`, `url`.
  case misconfigured(key: String, reason: String)
}
