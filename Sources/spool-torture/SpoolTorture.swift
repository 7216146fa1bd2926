import Delivery
import Glibc
import Reporting

/// Stores and ships reports as fast as it can, to be killed in the midst of it.
///
///     spool-torture DIRECTORY LOG SEED    stores, ships and goes on until it is killed
///     spool-torture DIRECTORY LOG drain   ships what is left, and ends
///     spool-torture DIRECTORY LOG measure ships what is left in one queue, and prints what that took
///
/// Each report whose storing has returned is printed; each that was delivered is appended to the log, with
/// `whole` or `torn`. So whoever kills it can hold the one against the other.
@main
struct SpoolTorture {
  private static let queues = [
    QueueName(receiver: "central", signal: .logs), QueueName(receiver: "hook", signal: .report),
  ]

  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else { end("usage: spool-torture DIRECTORY LOG SEED|drain|measure") }
    print("begin")
    do {
      let directory = try StateDirectory(opening: arguments[1])
      let lock = try directory.lock()
      let spool = Spool(directory.files)
      _ = try spool.open(queues: queues, at: ShippingEnvironment.system.now())
      if let seed = UInt64(arguments[3]) {
        try storeAndShip(spool, log: arguments[2], seed: seed)
      } else if arguments[3] == "measure" {
        print(try Measurement(spool: spool, queue: queues[0]).run())
      } else {
        try ship(spool, log: arguments[2], seed: 0, options: unlimited)
      }
      _ = consume lock
    } catch {
      end("\(error)")
    }
  }

  private static let unlimited = ShippingOptions(ignoresBackoff: true, isUnlimited: true)

  /// Goes on for far longer than anybody waits with the kill.
  private static func storeAndShip(_ spool: Spool, log: String, seed: UInt64) throws {
    for number in 0..<10_000 {
      let id = "s\(seed)-\(number)"
      let now = ShippingEnvironment.system.now()
      let document = TortureDocument.make(id, takenAt: now)
      _ = try spool.store(
        document: document, reportID: id, takenAt: now, queues: queues, at: now)
      print(id)
      guard number % 3 == 2 else { continue }
      let options = ShippingOptions(requests: 2, ignoresBackoff: true)
      try ship(spool, log: log, seed: seed &+ UInt64(number), options: options)
    }
  }

  private static func ship(
    _ spool: Spool, log: String, seed: UInt64, options: ShippingOptions
  ) throws {
    let receivers = queues.map { LoggingReceiver(queue: $0, log: log, mood: Int(seed % 7)) }
    let summaries = try Shipper(spool, to: receivers, options: options).run()
    for summary in summaries {
      if case .unusable(let error) = summary.end { throw error }
    }
  }

  /// A line on standard output, at once.
  private static func print(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }

  private static func end(_ reason: String) -> Never {
    let bytes = Array("\(reason)\n".utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(1)
  }
}
