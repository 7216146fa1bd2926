import Addressing

/// One step of a rule; they run in order until one does not hold or decides.
indirect enum Statement: Sendable {
  /// Goes on only where it holds.
  case match(Condition)
  case verdict(RuleVerdict)
  /// The verdict that a map has for a key; goes on where it has none.
  case verdictMap(Operand, Values)
  case assign(AssignableField, Operand)
  case leaveUntracked
  case translateDestination(Translation)
  case translateSource(Translation)
  /// The kernel may drop the packet here, or go on.
  case mayDrop(Doubt)
  /// The rest of the rule cannot be told: every outcome is possible.
  case opaque(Doubt)
}

/// A field that a rule may set.
enum AssignableField: Sendable, Hashable {
  case mark, connectionMark, connectionZone, connectionHelper
}

/// Where an address is translated to.
struct Translation: Sendable {
  enum Address: Sendable {
    case unchanged
    /// The address of the interface: the one a redirect or a masquerade takes.
    case ofInterface
    case operand(Operand)
    /// One of several, chosen by the kernel.
    case anyOf(String)
  }

  var address: Address
  /// The new port; `nil` leaves it as it is.
  var port: Operand?
  /// Only packets of that family are translated; `nil` means the table's.
  var family: IPAddress.Family?
}

/// What a rule does with a packet that it takes.
enum RuleVerdict: Sendable, Hashable {
  case accept, drop, fallThrough, endChain
  case jump(Int), goto(Int)
  case reject(RejectKind)
}

/// One rule.
struct Rule: Sendable {
  var location: TextLocation
  var statements: [Statement]
}
