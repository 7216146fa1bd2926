package import Addressing

/// One thing that a rule did on the way of a question's packets, for a listing of the way.
package struct FilterStep: Sendable, Hashable {
  /// What a rule did.
  package enum Action: Sendable, Hashable {
    case accepts, drops, refuses, translates, marks, leavesUntracked
    /// It sends packets to the chain of that name.
    case calls(String)
    /// What it does is not known.
    case isNotUnderstood
  }

  /// Where on the packets' way the rule ran.
  package var hook: Hook
  /// Whether the packets were the request, or what is sent back.
  package var direction: FilterAnswer.Direction
  /// Where the rule stands, as `iptables filter INPUT 2`.
  package var place: String?
  /// The rule as its listing writes it.
  package var rule: String?
  /// What it did.
  package var action: Action
  /// The sources whose packets it did it to.
  package var sources: AddressSet
}

/// The answers to a question, and the steps that led to them.
package struct FilterTrace: Sendable {
  /// A partition of the sources, in address order.
  package var answers: [FilterAnswer]
  /// What the rules did, in the order in which they did it; at most the first 20,000 things.
  package var steps: [FilterStep]
}
