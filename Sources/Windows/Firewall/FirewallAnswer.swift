package import Addressing

/// What becomes of some of a question's sources.
package struct FirewallAnswer: Sendable, Hashable {
  package var sources: AddressSet
  package var verdict: Verdict
  /// What each profile that can be active says, and why.
  package var decisions: [Decision]

  package enum Verdict: Sendable, Hashable {
    case passes, blocked
    /// A rule may apply or not, or the profiles differ and it is not known which one is active.
    case undecided
  }

  /// One profile's answer.
  package struct Decision: Sendable, Hashable {
    package var profile: FirewallProfile.Kind
    package var verdict: Verdict
    package var reason: Reason
  }

  package enum Reason: Sendable, Hashable {
    /// The profile is off.
    case off
    case rule(FirewallRule)
    /// No rule takes the packet, so the profile's policy does.
    case policy(FirewallProfile.InboundPolicy)
    /// A rule that may take the packet or not, and what of it is not known.
    case doubt(FirewallRule, [String])
  }
}
