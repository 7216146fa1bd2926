import Foundation

/// Runs work that blocks on a thread of its own, as the agent does for each receiver.
///
/// What waits for a command waits for Swift's pool, whose threads are as few as processors: two tests that did so
/// on the pool itself would wait for each other for ever.
func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { continuation in
    Thread.detachNewThread { continuation.resume(returning: work()) }
  }
}
