import Dispatch
import Synchronization

/// Runs concurrent work to its end from a place that is not concurrent.
///
/// The command line is not: the collecting child must be split off before the first thread starts.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
  Pending(work).wait()
}

/// Concurrent work that goes on until somebody wants its result.
struct Pending<Value: Sendable>: Sendable {
  private let done = DispatchSemaphore(value: 0)
  private let result = Box<Value>()

  /// Starts the work.
  init(_ work: @escaping @Sendable () async -> Value) {
    Task.detached { [done, result] in
      result.set(await work())
      done.signal()
    }
  }

  /// The result, once it is there; may be asked for again.
  func wait() -> Value {
    done.wait()
    defer { done.signal() }
    return result.take()
  }
}

/// A value handed from one thread to another.
private final class Box<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  func set(_ new: Value) { value.withLock { $0 = new } }

  func take() -> Value {
    guard let set = value.withLock({ $0 }) else {
      preconditionFailure("the semaphore is signalled only after the value was set")
    }
    return set
  }
}
