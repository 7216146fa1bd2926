package import Reporting

/// What the spool says of itself: shipped with every request, and printed by `spool status`.
package struct SpoolStatus: Sendable, Hashable {
  package var queues: [Queue]
  /// Files set aside since the state directory was made because they were damaged.
  package var damagedTotal: Int

  package init(queues: [Queue] = [], damagedTotal: Int = 0) {
    self.queues = queues
    self.damagedTotal = damagedTotal
  }

  /// One queue; totals count from the state directory's making.
  package struct Queue: Sendable, Hashable {
    package var name: QueueName
    /// Reports that wait.
    package var reports: Int
    package var bytes: Int
    package var oldest: Timestamp?
    package var deliveredTotal: Int
    /// Removed unsent, for the spool was full or they were too old.
    package var droppedTotal: Int
    /// Refused by the receiver for good; the reports are set aside.
    package var rejectedTotal: Int
    /// Records of delivered reports that the receiver did not take.
    package var rejectedRecordsTotal: Int
    package var lastDelivery: Timestamp?
    /// Requests in a row that failed.
    package var failures: Int
    /// No request before this.
    package var notBefore: Timestamp?
    package var lastError: String?

    package init(name: QueueName) {
      self.name = name
      reports = 0
      bytes = 0
      deliveredTotal = 0
      droppedTotal = 0
      rejectedTotal = 0
      rejectedRecordsTotal = 0
      failures = 0
    }
  }
}
