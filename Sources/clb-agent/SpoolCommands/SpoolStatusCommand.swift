import ArgumentParser
import Delivery
import Reporting

/// `clb-agent spool status`: how much waits, and how the receivers do.
struct SpoolStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how much waits for each receiver, and how it does.")

  @OptionGroup var options: SpoolOptions

  @Option(help: ArgumentHelp("text (default) or json.", valueName: "format"))
  var format: ReportFormat = .text

  func run() throws {
    let (spool, queues, _) = try options.open()
    let status = try spooling { () throws(SpoolError) in try spool.status(queues: queues) }
    switch format {
    case .json: StandardOutput.write(PrintedJSON.render(ShownStatus(status)))
    case .text:
      let lines = status.queues.map(\.line)
      for line in lines.isEmpty ? ["no receiver has a queue"] : lines {
        StandardOutput.write(HostText.terminal(line) + "\n")
      }
      guard status.damagedTotal > 0 else { return }
      StandardOutput.write("\(status.damagedTotal.counted("damaged file")) set aside\n")
    }
  }
}

extension SpoolStatus.Queue {
  /// One line: what waits, what went, and how the receiver does.
  fileprivate var line: String {
    var parts = ["\(reports) waiting, \(bytes) bytes"]
    if let oldest { parts.append("oldest \(oldest.rfc3339Seconds)") }
    parts.append("\(deliveredTotal) delivered")
    if droppedTotal > 0 { parts.append("\(droppedTotal) dropped") }
    if rejectedTotal > 0 { parts.append("\(rejectedTotal) refused") }
    if let lastDelivery { parts.append("last delivery \(lastDelivery.rfc3339Seconds)") }
    if failures > 0 { parts.append("\(failures.counted("failure")) in a row") }
    if let notBefore { parts.append("no request before \(notBefore.rfc3339Seconds)") }
    if let lastError { parts.append("last error: \(lastError)") }
    return "\(name): \(parts.joined(separator: "; "))"
  }
}

/// What `spool status --format json` prints.
struct ShownStatus: Encodable {
  var queues: [Row]
  var damagedTotal: Int

  init(_ status: SpoolStatus) {
    queues = status.queues.map(Row.init)
    damagedTotal = status.damagedTotal
  }

  struct Row: Encodable {
    var queue: String
    var waiting: Int
    var bytes: Int
    var oldest: String?
    var deliveredTotal: Int
    var droppedTotal: Int
    var rejectedTotal: Int
    var rejectedRecordsTotal: Int
    var lastDelivery: String?
    var failures: Int
    var notBefore: String?
    var lastError: String?

    init(_ status: SpoolStatus.Queue) {
      queue = status.name.description
      waiting = status.reports
      bytes = status.bytes
      oldest = status.oldest?.rfc3339
      deliveredTotal = status.deliveredTotal
      droppedTotal = status.droppedTotal
      rejectedTotal = status.rejectedTotal
      rejectedRecordsTotal = status.rejectedRecordsTotal
      lastDelivery = status.lastDelivery?.rfc3339
      failures = status.failures
      notBefore = status.notBefore?.rfc3339
      lastError = status.lastError
    }
  }
}
