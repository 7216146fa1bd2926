internal import Glibc

/// Runs work that blocks on a thread of its own, and awaits its result.
///
/// The threads of Swift's pool are as many as processors: a probe that waits for a silent server on one of
/// them would hold up everything else. A thread that waits in poll(2) costs a few pages.
///
/// - Throws: the error of pthread_create(3), EAGAIN when the process may have no more threads.
func onOwnThread<Value: Sendable>(
  _ work: @escaping @Sendable () -> Value
) async throws(ErrorNumber) -> Value {
  let result: Result<Value, ErrorNumber> = await withCheckedContinuation { continuation in
    let job = Job { continuation.resume(returning: .success(work())) }
    if let error = job.start() { continuation.resume(returning: .failure(error)) }
  }
  return try result.get()
}

private final class Job: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  /// Starts the thread; the body runs exactly if no error is returned.
  func start() -> ErrorNumber? {
    let retained = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        pthread_detach(pthread_self())
        if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, retained.toOpaque())
    guard status != 0 else { return nil }
    retained.release()
    return ErrorNumber(rawValue: status)
  }
}
