/// Why the evaluator cannot say whether a rule takes a packet, or what a rule does with it.
package struct Doubt: Sendable, Hashable {
  /// What would settle it.
  package enum Kind: Sendable, Hashable {
    /// State that changes from packet to packet: a rate limit, a recent list, the time of day.
    case stateful
    /// Something that was not understood, or could not be read.
    case notUnderstood
  }

  /// What would settle it.
  package let kind: Kind
  /// The name of the match, or the text that was not understood.
  package let text: String

  /// A match whose outcome changes from packet to packet, by the name of the match.
  package static func stateful(_ text: String) -> Doubt { Doubt(kind: .stateful, text: text) }

  /// Text that was not understood, or what could not be read and why.
  package static func notUnderstood(_ text: String) -> Doubt {
    Doubt(kind: .notUnderstood, text: text)
  }
}
