import Addressing
import Glibc
import Synchronization
import TestSupport

@testable import Probes

extension AsyncStream {
  /// A stream with its entrance first, as a thread takes it.
  static func makeStreamPair() -> (Continuation, AsyncStream) where Element: Sendable {
    let (stream, continuation) = makeStream()
    return (continuation, stream)
  }
}

/// A connection that stays in the accept queue until it is ended.
struct HeldConnection {
  private let descriptor: Int32

  init(to port: UInt16) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    let status = IPAddress.v4(0x7F00_0001).withSocketAddress(port: port) {
      connect(descriptor, $0, $1)
    }
    guard status == 0 else { throw SystemCallFailed(call: "connect", error: errno) }
    self.descriptor = descriptor
  }

  func end() { close(descriptor) }
}

/// Sends SIGUSR2 to a thread, again and again.
final class SignalSender: Sendable {
  private let isStopped = Mutex(false)

  init(to thread: pthread_t) {
    startThread { [weak self] in
      while self?.send(to: thread) == true { usleep(5000) }
    }
  }

  private func send(to thread: pthread_t) -> Bool {
    isStopped.withLock { stopped in
      if !stopped { pthread_kill(thread, SIGUSR2) }
      return !stopped
    }
  }

  func stop() { isStopped.withLock { $0 = true } }
}
