package import Addressing

/// What becomes of some of a question's sources, and which rule decided it.
package struct FilterAnswer: Sendable, Hashable {
  /// What becomes of the packets.
  package enum Verdict: String, Sendable, Hashable {
    case accept, drop, reject, forward
    /// It changes from packet to packet.
    case depends
    /// A rule on the way was not understood, or could not be read.
    case undecided
  }

  /// Whether the packets get to where they are sent, and what answers them gets back.
  package var isPassed: Bool { verdict == .accept || verdict == .forward }

  /// Whether the packets are dropped or refused.
  package var isStopped: Bool { verdict == .drop || verdict == .reject }

  /// Which packet the deciding rule took.
  package enum Direction: String, Sendable, Hashable {
    case request, reply
  }

  /// The sources that all of this is true of.
  package var sources: AddressSet
  /// What becomes of them.
  package var verdict: Verdict
  /// How they are refused, as `tcp-reset`; of `reject` only.
  package var with: String?
  /// Where they go after translation or forwarding, as `172.17.0.2:8080`.
  package var to: String?
  /// Which packet the rule took: the request, or what was sent back.
  package var direction: Direction
  /// The rule as its listing writes it; `nil` where no rule stood in the way.
  package var rule: String?
  /// Where the rule stands, as `iptables filter INPUT 2`.
  package var place: String?
  /// The matches that leave it open; empty for a decided answer.
  package var because: [String]
  /// The packets that the rule has counted; `nil` where the listing shows none.
  package var countedPackets: UInt64?
}
