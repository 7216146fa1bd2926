import Delivery
import Glibc
import Host
import Probes
import Reporting
import TLSProbe

/// Sending what waits, and telling what became of it.
struct Delivering {
  let spool: Spool
  let receivers: [Receiver]

  /// Makes the spool's directories, and finishes what an earlier run was kept from finishing.
  ///
  /// - Returns: why reports still wait for their queues; `nil` where none does.
  func open() throws(RunError) -> SpoolError? {
    try spooling { () throws(SpoolError) in try spool.open(queues: queues, at: .now).failure }
  }

  /// What the spool says of itself.
  func status() throws(RunError) -> SpoolStatus {
    try spooling { () throws(SpoolError) in try spool.status(queues: queues) }
  }

  private var queues: [QueueName] { receivers.flatMap(\.queues) }

  /// Sends to the receivers.
  ///
  /// - Throws: 3 when the spool cannot be read.
  func run(_ options: ShippingOptions = ShippingOptions()) throws(RunError) -> [QueueSummary] {
    let exporters = exporters
    return try spooling { () throws(SpoolError) in
      try Shipper(spool, to: exporters, options: options).run()
    }
  }

  /// One exporter for each queue.
  var exporters: [any Exporter] {
    receivers.flatMap { Exporters.make(for: $0, in: Self.environment) }
  }

  /// Holds receivers to be usable: their certificates, keys and headers.
  ///
  /// - Parameter readsHeaderFiles: whether files of headers must be there now.
  /// - Throws: 64 with a line for each receiver that is not.
  static func check(_ receivers: [Receiver], readsHeaderFiles: Bool = false) throws(RunError) {
    // Not with a capability of the program's file: who may run it could try out files of others.
    let faults = Privileges.asUser {
      receivers.compactMap {
        Exporters.fault(of: $0, in: environment, readsHeaderFiles: readsHeaderFiles)
      }
    }
    guard faults.isEmpty else { throw .usage(lines: faults.map(\.description)) }
  }

  private static var environment: ExporterEnvironment {
    ExporterEnvironment(
      agentVersion: AgentVersion.current,
      tls: { (material) throws(TLSMaterialFailure) in try VerifyingSessionFactory(material) },
      credentialsDirectory: getenv("CREDENTIALS_DIRECTORY").map { String(cString: $0) },
      now: { Timestamp.now })
  }

  /// Writes the files of receivers that have no queue.
  ///
  /// - Returns: what went wrong, each a sentence.
  func writeTextfiles(_ report: Report, _ status: SpoolStatus) -> [String] {
    let paths = receivers.compactMap { receiver in
      if case .textfile(let path) = receiver.kind { (receiver.name, path) } else { nil }
    }
    guard !paths.isEmpty, let text = report.prometheusText(status) else { return [] }
    return paths.compactMap { name, path in
      do throws(OutputError) {
        try PrometheusTextfile.write(text, to: path)
        return nil
      } catch {
        return "receiver \(name): \(error)"
      }
    }
  }
}

extension QueueSummary {
  /// Whether reports still wait, or were refused.
  var isUnfinished: Bool { left > 0 || rejected > 0 || end != .drained }

  /// Whether somebody should know what became of the queue.
  ///
  /// - Parameters:
  ///   - status: the queue's counters behind the run.
  ///   - earlier: those before it.
  ///   - isQuiet: whether a receiver that keeps failing is worth a word only once.
  func isWorthTelling(
    _ status: SpoolStatus.Queue?, after earlier: SpoolStatus.Queue?, isQuiet: Bool
  ) -> Bool {
    if rejected + rejectedRecords + dropped + damaged > 0 { return true }
    switch end {
    case .drained, .budget: return warning != nil && !isQuiet
    case .waiting: return !isQuiet
    case .postponed: return !isQuiet || status?.failures == 1
    case .misconfigured: return !isQuiet || status?.lastError != earlier?.lastError
    case .unusable: return true
    }
  }

  /// One line: what went, what waits, and why.
  var line: String {
    var parts: [String] = []
    if delivered > 0 || requests > 0 {
      parts.append("\(delivered.counted("report")) delivered in \(requests.counted("request"))")
    }
    if rejected > 0 { parts.append("\(rejected.counted("report")) refused and set aside") }
    if rejectedRecords > 0 { parts.append("\(rejectedRecords.counted("record")) not taken") }
    if dropped > 0 { parts.append("\(dropped.counted("report")) dropped") }
    if damaged > 0 { parts.append("\(damaged.counted("file")) damaged and set aside") }
    if left > 0 { parts.append("\(left) waiting") }
    if let reason { parts.append(reason) }
    if let warning { parts.append("the receiver says: \(warning)") }
    return "\(queue): " + (parts.isEmpty ? "nothing waits" : parts.joined(separator: "; "))
  }

  /// Why the queue was left; `nil` where nothing is left.
  private var reason: String? {
    switch end {
    case .drained: nil
    case .waiting(let until): "no request before \(until.rfc3339Seconds), for the last one failed"
    case .budget: "the rest goes with the next run"
    case .postponed(let reason, let until):
      "\(reason); no request before \(until.rfc3339Seconds)"
    case .misconfigured(let key, let reason):
      "receivers[].\(key) of \"\(queue.receiver)\": \(reason)"
    case .unusable(let error): "\(error)"
    }
  }
}

extension SpoolStatus {
  func of(_ queue: QueueName) -> Queue? { queues.first { $0.name == queue } }
}

extension Int {
  /// `1 report`, `2 reports`.
  func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}

extension Report {
  /// The report in Prometheus' text format.
  ///
  /// - Parameter status: what the spool says of itself; empty where there is none.
  func prometheusText(_ status: SpoolStatus = SpoolStatus()) -> String? {
    // Read back as receivers do, for what they are told is told here.
    guard let shipped = try? ShippedReport(parsing: Array(JSONReport.compact(self).utf8)) else {
      return nil
    }
    return PrometheusText.render(report: shipped, status: status, now: .now)
  }
}
