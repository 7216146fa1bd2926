import Delivery
import Reporting

/// Reports as receivers get them, in words of a test.
enum ScrapedReport {
  static func make(
    verdict: String = "fail",
    targets: [(name: String, verdict: String)] = [("http://:80/", "fail")],
    finding: String = "listening-socket.missing"
  ) throws -> ShippedReport {
    let targetTexts = targets.map { target in
      """
      {"name": \(quoted(target.name)), "protocol": "http", "address": "10.0.0.5", "port": 80, \
      "verdict": "\(target.verdict)", "since": "2026-03-01T08:00:00.000Z", "path": []}
      """
    }
    let hit = targets.map { quoted($0.name) }.joined(separator: ", ")
    let document = """
      {"schemaVersion": 1, "reportID": "r1", "takenAt": "2026-03-01T08:15:30.120Z",
       "durationMilliseconds": 41, "agent": {"version": "0.1.0"}, "host": {"hostname": "web"},
       "verdict": "\(verdict)", "targets": [\(targetTexts.joined(separator: ", "))],
       "findings": [
         {"id": "\(finding)", "layer": "layer4", "severity": "fail", "summary": "s", "targets": [\(hit)],
          "cause": null, "evidence": [], "remedies": []},
         {"id": "application.refused", "layer": "layer7", "severity": "fail", "summary": "s",
          "targets": [\(hit)], "cause": "\(finding)", "evidence": [], "remedies": []},
         {"id": "load.high-average", "layer": "host", "severity": "warn", "summary": "s", "targets": [],
          "cause": null, "evidence": [], "remedies": []}]}
      """
    return try ShippedReport(parsing: Array(document.utf8))
  }

  /// 15.5 s behind the report.
  static let now = Timestamp(secondsSinceEpoch: 1_772_352_945, nanoseconds: 620_000_000)

  static var status: SpoolStatus {
    var queue = SpoolStatus.Queue(name: QueueName(receiver: "central", signal: .logs))
    queue.reports = 3
    queue.bytes = 4_096
    queue.oldest = Timestamp(secondsSinceEpoch: 1_772_350_000)
    queue.deliveredTotal = 70
    queue.droppedTotal = 2
    queue.rejectedTotal = 1
    queue.failures = 4
    let fresh = SpoolStatus.Queue(name: QueueName(receiver: "hook", signal: .report))
    return SpoolStatus(queues: [queue, fresh], damagedTotal: 5)
  }

  /// A JSON string; the escapes that the test's names need.
  private static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case _ where scalar.value < 0x20:
        "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
