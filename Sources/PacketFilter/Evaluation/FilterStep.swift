import Addressing

/// One thing that a rule did on the way of a question's packets.
struct FilterStep: Sendable {
  /// What a rule did.
  enum Action: Sendable, Hashable {
    case accepts, drops, refuses, calls(chain: Int), translates, marks, leavesUntracked,
      isNotUnderstood
  }

  var hook: Hook
  var decision: Decision
  var action: Action
  var sources: IntervalSet
}
