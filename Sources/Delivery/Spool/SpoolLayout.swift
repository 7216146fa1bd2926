/// Where things are in the state directory.
package enum SpoolLayout {
  package static let spool = "spool"
  package static let incoming = "spool/incoming"
  package static let queues = "spool/queues"
  package static let rejected = "spool/rejected"
  package static let damaged = "spool/damaged"
  package static let states = "spool/state"

  static func directory(of queue: QueueName) -> String { "\(queues)/\(queue)" }
  static func rejected(of queue: QueueName) -> String { "\(rejected)/\(queue)" }

  /// - Parameter queue: `nil` for reports that no queue has yet.
  static func damaged(of queue: QueueName?) -> String {
    "\(damaged)/\(queue?.description ?? "incoming")"
  }

  /// - Parameter queue: `nil` for reports that no queue has yet.
  static func state(of queue: QueueName?) -> String {
    "\(states)/\(queue?.description ?? "incoming").json"
  }

  /// A neighbour of the path, for a file that is not whole yet; no report and no state has such a name.
  static func temporary(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "\(temporaryPrefix)\(path)" }
    let name = path[path.index(after: slash)...]
    return "\(path[...slash])\(temporaryPrefix)\(name)"
  }

  static let temporaryPrefix = ".part-"
}

extension QueueName {
  /// A queue by the name of its directory; `nil` for any other name.
  package init?(parsing text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let signal = Signal(rawValue: String(parts[1])),
      (1...32).contains(parts[0].utf8.count),
      parts[0].utf8.allSatisfy({ byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
      })
    else { return nil }
    self.init(receiver: String(parts[0]), signal: signal)
  }
}
