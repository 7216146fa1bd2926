internal import Glibc
internal import Synchronization

/// The child's end of the pipe: whole lines, one writer at a time.
final class PipeOutput: Sendable {
  private let descriptor: Int32
  private let writer = Mutex(CaptureWriter())

  init(descriptor: Int32) { self.descriptor = descriptor }

  func start() {
    writer.withLock { writeAll($0.header(agent: "", takenAt: "")) }
  }

  func write(_ entry: CaptureEntry) {
    writer.withLock { writeAll($0.line(entry)) }
  }

  func finish() {
    writer.withLock { writeAll($0.end()) }
  }

  private func writeAll(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // A parent that is gone reads no more; there is nobody left to tell.
      guard count > 0 else { _exit(0) }
      rest = rest.dropFirst(count)
    }
  }
}
