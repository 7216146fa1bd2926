import Addressing

/// What a rule asks of a packet.
indirect enum Condition: Sendable {
  /// A value of the packet is among others, or is not.
  case comparison(Comparison)
  /// All hold.
  case all([Condition])
  /// At least one holds.
  case any([Condition])
  /// It does not hold.
  case not(Condition)
  /// The packet has what the operand looks at.
  case exists(Operand)
  /// Nothing is asked, or what cannot be.
  case constant(Bool)
  /// It may hold or not.
  case doubt(Doubt)
}

/// A value of the packet held against others.
struct Comparison: Sendable {
  /// How they are held against each other.
  enum Relation: Sendable, Hashable {
    case isIn, isNotIn
    /// The value has one of the bits.
    case hasAny(UInt128)
    /// The value has none of the bits.
    case hasNone(UInt128)
  }

  var operand: Operand
  var relation: Relation
  var values: Values = .numbers(IntervalSet())
}

/// The right side of a comparison.
enum Values: Sendable {
  case numbers(IntervalSet)
  /// A number whose bits under the mask are these; the mask may have gaps.
  case masked(UInt128, mask: UInt128)
  case names([NamePattern])
  /// Elements written in the rule itself.
  case elements(ElementTable)
  /// A set by its index in the model.
  case named(Int)
  case doubt(Doubt)

  /// One number.
  static func number(_ number: some BinaryInteger) -> Values {
    let clamped = UInt128(truncatingIfNeeded: number)
    return .numbers(IntervalSet(clamped, clamped))
  }
}

/// A name of an interface, or all that begin so.
struct NamePattern: Sendable, Hashable {
  var text: String
  var isPrefix: Bool

  /// Whether the name is meant.
  func matches(_ name: String) -> Bool {
    isPrefix ? name.utf8.starts(with: text.utf8) : name == text
  }
}
