import Dispatch
import Synchronization

/// Runs concurrent work to its end from a place that is not concurrent.
///
/// The command line is not: the collecting child must be split off before the first thread starts.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) -> Value {
  let done = DispatchSemaphore(value: 0)
  let result = Box<Value>()
  Task.detached {
    result.set(await work())
    done.signal()
  }
  done.wait()
  return result.take()
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
