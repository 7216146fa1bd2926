internal import Glibc
internal import Synchronization

/// The child's end of the pipe: whole frames, one writer at a time, many frames a write.
final class PipeOutput: Sendable {
  private let descriptor: Int32
  private let frames = Mutex(EntryFrame())

  /// Bytes that are gathered before they are written: as many as a pipe holds.
  private static let batch = 1 << 16

  init(descriptor: Int32) { self.descriptor = descriptor }

  func write(_ entry: CaptureEntry) {
    frames.withLock { frames in
      frames.append(entry)
      if frames.bytes.count >= PipeOutput.batch { send(frames.take()) }
    }
  }

  /// Writes what was gathered.
  func flush() {
    frames.withLock { send($0.take()) }
  }

  func finish() {
    frames.withLock { frames in
      frames.appendEnd()
      send(frames.take())
    }
  }

  private func send(_ bytes: [UInt8]) {
    // A parent that is gone reads no more; there is nobody left to tell.
    guard writeAll(bytes, to: descriptor) else { _exit(0) }
  }
}
