import Delivery
import Glibc

/// Appends what it is sent to a file, one line for each report: queue, id, and `whole` or `torn`.
struct LoggingReceiver: Exporter {
  let queue: QueueName
  let log: String
  /// What it does now and then: 0 refuses several at once, 1 has no time, all else takes everything.
  let mood: Int

  var batchLimit: BatchLimit { BatchLimit(reports: 4, bytes: 1 << 20) }

  func send(_ reports: [ShippedReport], status: SpoolStatus) -> DeliveryOutcome {
    if mood == 0, reports.count > 1 { return .refused(reason: "one at a time") }
    if mood == 1 { return .postponed(reason: "no time", afterSeconds: nil) }
    let file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { return .postponed(reason: "no log", afterSeconds: nil) }
    defer { close(file) }
    for report in reports {
      let issued = TortureDocument.make(report.reportID, takenAt: report.takenAt)
      let word = report.document == issued ? "whole" : "torn"
      let line = Array("\(queue) \(report.reportID) \(word)\n".utf8)
      let count = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard count == line.count else { return .postponed(reason: "no room", afterSeconds: nil) }
    }
    return .delivered(warning: nil)
  }

  func preview(_ reports: [ShippedReport], status: SpoolStatus) -> String { "" }
}
