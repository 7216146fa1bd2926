import Glibc
import Host

/// Appends one line of OTLP JSON for each request to a file.
///
/// Source: the OTLP file exporter's specification: `LogsData` or `MetricsData`, one kind a file, `.jsonl`.
struct OTLPFileExporter: Exporter {
  let queue: QueueName
  private let path: String
  private let environment: ExporterEnvironment

  let batchLimit = BatchLimit(reports: 100, bytes: 1 << 20)

  init(_ queue: QueueName, directory: String, _ environment: ExporterEnvironment) {
    self.queue = queue
    self.environment = environment
    path = "\(directory)/\(queue.signal == .metrics ? "metrics" : "logs").jsonl"
  }

  func send(_ reports: [ShippedReport], status: SpoolStatus) -> DeliveryOutcome {
    guard !reports.isEmpty else { return .delivered(warning: nil) }
    // O_RDWR opens a FIFO without waiting for a reader, and lets the last byte be read.
    let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard descriptor >= 0 else { return Self.outcome(of: errno, "open \(path)") }
    defer { close(descriptor) }
    var state = stat()
    guard fstat(descriptor, &state) == 0 else { return Self.outcome(of: errno, "stat \(path)") }
    guard state.st_mode & S_IFMT == S_IFREG else {
      return .misconfigured(.path, "\(path) is no regular file")
    }
    let line = Array((preview(reports, status: status)).utf8)
    // A line that a full disk or a crash tore stays one line, and spoils no other.
    let isTorn = state.st_size > 0 && Self.byte(of: descriptor, at: state.st_size - 1) != 10
    guard writeAll(isTorn ? [10] + line : line, to: descriptor), fsync(descriptor) == 0 else {
      return Self.outcome(of: errno, "write \(path)")
    }
    return .delivered(warning: nil)
  }

  func preview(_ reports: [ShippedReport], status: SpoolStatus) -> String {
    let request = OTLPRequest(
      queue.signal, reports, status, agentVersion: environment.agentVersion, now: environment.now())
    return request.json + "\n"
  }

  private static func byte(of descriptor: Int32, at offset: off_t) -> UInt8? {
    var byte: UInt8 = 0
    return pread(descriptor, &byte, 1, offset) == 1 ? byte : nil
  }

  private static func outcome(of error: Int32, _ call: String) -> DeliveryOutcome {
    let reason = "\(call): \(systemErrorText(error))"
    switch error {
    case ENOENT, ENOTDIR, EACCES, EPERM, EROFS, ELOOP, EISDIR, ENAMETOOLONG:
      return .misconfigured(.path, reason)
    default: return .postponed(reason: reason, afterSeconds: nil)
    }
  }
}
