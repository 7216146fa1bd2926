extension Spool {
  /// What is remembered of a queue; of one whose file is damaged, nothing but that.
  ///
  /// - Parameter queue: `nil` for reports that no queue has yet.
  package func state(of queue: QueueName?) -> QueueState {
    let path = SpoolLayout.state(of: queue)
    do throws(SpoolFileError) {
      let bytes = try files.read(path, limit: 1 << 16)
      if let state = try? QueueState(parsing: bytes) { return state }
    } catch {
      if error.isMissing { return QueueState() }
    }
    var state = QueueState()
    state.damagedTotal = 1
    return state
  }

  /// Writes a queue's state in the place of the one before.
  func save(_ state: QueueState, of queue: QueueName?) throws(SpoolFileError) {
    try files.replace(SpoolLayout.state(of: queue), state.json)
  }

  /// Changes a queue's counters; where they cannot be written, they are behind by that.
  func count(in queue: QueueName?, _ change: (inout QueueState) -> Void) {
    var state = state(of: queue)
    change(&state)
    try? save(state, of: queue)
  }
}
