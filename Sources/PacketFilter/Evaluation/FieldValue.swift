import Addressing

/// What a packet's field holds, as far as the evaluator knows it.
enum FieldValue: Sendable, Hashable {
  case number(UInt128)
  case partial(PartialNumber)
  case name(String)
  /// The source address under a mask: a value of its own for every packet of the flow.
  case sources(mask: UInt128)
  /// The source port: likewise.
  case ports
  /// One number of a range; which, the doubt's subject decides.
  case between(UInt128, UInt128, Doubt)
  case several([FieldValue])
  /// The packet has no such field: the rule goes no further.
  case absent
  case unknown(Doubt)
}

/// A part of a flow and the value of an operand for all its packets.
struct ValuedFlow {
  var flow: Flow
  var value: FieldValue
}

/// A flow cut by a condition; packets in neither set do not meet it.
struct Split {
  var yes = PacketSet()
  var maybe = PacketSet()
  /// The doubts about `maybe`.
  var doubts: [Int] = []
}
