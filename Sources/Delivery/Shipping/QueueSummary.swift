package import Reporting

/// What a run did with one queue.
package struct QueueSummary: Sendable, Hashable {
  package var queue: QueueName
  /// Requests that were sent.
  package var requests = 0
  /// Reports that the receiver has now.
  package var delivered = 0
  /// Reports that it refused for good; they are set aside.
  package var rejected = 0
  /// Records of delivered reports that it did not take.
  package var rejectedRecords = 0
  /// Reports that gave way before anything was sent: too many, or too old.
  package var dropped = 0
  /// Files that were set aside, for they were not as written.
  package var damaged = 0
  /// Reports that still wait.
  package var left = 0
  package var end = End.drained
  /// What the receiver had to say about what it took or refused, the last of it.
  package var warning: String?

  package init(_ queue: QueueName) { self.queue = queue }

  /// Why the run left the queue.
  package enum End: Sendable, Hashable {
    /// Nothing waits.
    case drained
    /// The backoff says to wait; nothing was sent.
    case waiting(until: Timestamp)
    /// The run's share of requests or time is used up.
    case budget
    /// The receiver takes nothing now; the next request is not before that time.
    case postponed(reason: String, until: Timestamp)
    /// The settings are at fault.
    case misconfigured(key: String, reason: String)
    /// The spool cannot be read or changed; what was not sent stays unsent, lest it be sent again and again.
    case unusable(SpoolError)
  }
}
