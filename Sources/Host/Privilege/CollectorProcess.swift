internal import CLinux
internal import Dispatch
internal import Glibc

/// The child that reads the host with privileges, while its parent has none.
///
/// The two part before there are threads. The child keeps the capabilities that collecting needs and
/// never opens a connection; the parent gives up all of them at once, and learns of the host only what
/// the child writes into a pipe: readings as they passed its door. So no byte from a network is ever
/// parsed by a process that has a privilege.
///
/// What the child found is written when there is enough of it, or ten times a second.
package struct CollectorProcess: ~Copyable {
  private let process: pid_t
  private let pipe: Int32

  /// Splits off the child, and gives up this process's capabilities.
  ///
  /// - Parameters:
  ///   - keeping: the capabilities that the child keeps, of those it has.
  ///   - collect: what the child does: it hands each reading to its argument.
  package static func split(
    keeping: Set<Capability>,
    collect:
      @escaping @Sendable (_ record: @escaping @Sendable (CaptureEntry) -> Void) async -> Void
  ) throws(PrivilegeError) -> CollectorProcess {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw PrivilegeError("pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let process = clb_fork()
    guard process >= 0 else { throw PrivilegeError("fork") }
    if process == 0 {
      close(ends[0])
      runChild(keeping: keeping, writingTo: ends[1], collect: collect)
    }
    close(ends[1])
    let child = CollectorProcess(process: process, pipe: ends[0])
    try Privileges.keepOnly([])
    return child
  }

  private init(process: pid_t, pipe: Int32) {
    self.process = process
    self.pipe = pipe
  }

  deinit { close(pipe) }

  private static func runChild(
    keeping: Set<Capability>, writingTo pipe: Int32,
    collect:
      @escaping @Sendable (_ record: @escaping @Sendable (CaptureEntry) -> Void) async -> Void
  ) -> Never {
    _ = clb_die_with_parent()
    do throws(PrivilegeError) {
      try Privileges.keepOnly(keeping)
    } catch {
      _exit(CollectorEnd.privilegesStatus)
    }
    let output = PipeOutput(descriptor: pipe)
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      await collect { output.write($0) }
      output.finish()
      done.signal()
    }
    // What was found before something hangs must reach the parent before the time limit.
    while done.wait(timeout: .now() + .milliseconds(100)) == .timedOut { output.flush() }
    // exit(3) would run the handlers and write the buffers of the parent a second time.
    _exit(0)
  }

  /// Reads what the child found, until it ends or the time is over; then it is killed.
  package consuming func finish(secondsLimit: Double) -> CollectorResult {
    let deadline = ContinuousClock.now + .seconds(secondsLimit)
    var bytes: [UInt8] = []
    let readEnd = readToEnd(until: deadline, into: &bytes)
    if !readEnd { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let end: CollectorEnd =
      !readEnd ? .timeLimit(seconds: secondsLimit) : CollectorEnd(waitStatus: status)
    return CollectorResult(entries: EntryFrames(parsing: bytes).entries, end: end)
  }

  private func readToEnd(until deadline: ContinuousClock.Instant, into bytes: inout [UInt8]) -> Bool
  {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let left = deadline - ContinuousClock.now
      guard left > .zero else { return false }
      var wait = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
      let milliseconds = Int32(clamping: left.components.seconds * 1000 + 1000)
      guard poll(&wait, 1, milliseconds) > 0 else { continue }
      let count = buffer.withUnsafeMutableBytes { read(pipe, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return true }
      bytes.append(contentsOf: buffer[..<count])
    }
  }
}
