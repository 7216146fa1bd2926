import Delivery
import Glibc
import Synchronization

/// Drains one queue in requests of 64 reports, and says what that took.
struct Measurement {
  let spool: Spool
  let queue: QueueName

  /// One line: reports, requests, KiB of peak memory above that before, milliseconds.
  func run() throws -> String {
    let receiver = CountingReceiver(queue: queue)
    let before = Self.kibibytes("VmRSS:")
    let clock = ShippingEnvironment.system.elapsedMilliseconds
    let began = clock()
    let options = ShippingOptions(ignoresBackoff: true, isUnlimited: true)
    let summaries = try Shipper(spool, to: [receiver], options: options).run()
    let delivered = summaries.reduce(0) { $0 + $1.delivered }
    let growth = Self.kibibytes("VmHWM:") - before
    return "\(delivered) \(receiver.requests) \(growth) \(clock() - began)"
  }

  /// A line of `/proc/self/status`.
  private static func kibibytes(_ name: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let words = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self
      )
      .split(whereSeparator: \.isWhitespace)
      if words.first.map(String.init) == name, words.count > 1 { return Int(words[1]) ?? 0 }
    }
    return 0
  }
}

/// Takes everything and keeps nothing.
private final class CountingReceiver: Exporter {
  let queue: QueueName
  private let count = Atomic(0)

  init(queue: QueueName) { self.queue = queue }

  var requests: Int { count.load(ordering: .relaxed) }
  var batchLimit: BatchLimit { BatchLimit(reports: 64, bytes: 1 << 20) }

  func send(_ reports: [ShippedReport], status: SpoolStatus) -> DeliveryOutcome {
    count.wrappingAdd(1, ordering: .relaxed)
    return .delivered(warning: nil)
  }

  func preview(_ reports: [ShippedReport], status: SpoolStatus) -> String { "" }
}
