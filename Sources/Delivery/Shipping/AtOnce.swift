internal import Glibc
internal import Synchronization

/// Does work that blocks, each piece on a thread of its own, and waits for all of it.
///
/// The calling thread does the last piece, and those for which there is no thread to be had.
///
/// - Returns: the results, in the order of the work.
func atOnce<Value: Sendable>(_ work: [@Sendable () -> Value]) -> [Value] {
  let pieces = work.map(WorkPiece.init)
  let threads = pieces.dropLast().map { $0.start() }
  pieces.last?.perform()
  for (piece, thread) in zip(pieces, threads) {
    if let thread { pthread_join(thread, nil) } else { piece.perform() }
  }
  return pieces.compactMap(\.result)
}

/// One piece of work and its result.
private final class WorkPiece<Value: Sendable>: Sendable {
  private let work: @Sendable () -> Value
  private let finished = Mutex<Value?>(nil)

  init(_ work: @escaping @Sendable () -> Value) { self.work = work }

  var result: Value? { finished.withLock { $0 } }

  func perform() {
    let value = work()
    finished.withLock { $0 = value }
  }

  /// Begins the work on a new thread; `nil` when there is none, and the work was not begun.
  func start() -> pthread_t? {
    let retained = Unmanaged.passRetained(ThreadBody { self.perform() })
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, retained.toOpaque())
    guard status != 0 else { return thread }
    retained.release()
    return nil
  }
}

/// What a thread does, without a type parameter, for a C function knows none.
private final class ThreadBody: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
