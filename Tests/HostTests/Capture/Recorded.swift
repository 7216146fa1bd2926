import Host
import Synchronization

/// What a recording door handed out, from any thread.
final class Recorded: Sendable {
  private let list = Mutex<[CaptureEntry]>([])

  var entries: [CaptureEntry] { list.withLock { $0 } }

  func append(_ entry: CaptureEntry) { list.withLock { $0.append(entry) } }
}
