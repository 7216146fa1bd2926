import Addressing

extension Evaluation {
  /// Cuts a flow by a condition.
  mutating func split(_ condition: Condition, _ flow: Flow) -> Split {
    switch condition {
    case .constant(let holds): return holds ? Split(yes: flow.packets) : Split()
    case .doubt(let doubt):
      return Split(maybe: flow.packets, doubts: [doubts.number(doubt, at: position.decision)])
    case .exists(let operand):
      var result = Split()
      for part in parts(of: operand, flow) {
        if case .absent = part.value { continue }
        result.yes = result.yes.union(part.flow.packets)
      }
      return result
    case .not(let inner):
      let split = split(inner, flow)
      let rest = flow.packets.subtracting(split.yes).subtracting(split.maybe)
      return Split(yes: rest, maybe: split.maybe, doubts: split.doubts)
    case .all(let conditions): return splitByAll(conditions, flow)
    case .any(let conditions): return splitByAny(conditions, flow)
    case .comparison(let comparison): return split(comparison, flow)
    }
  }

  private mutating func splitByAll(_ conditions: [Condition], _ flow: Flow) -> Split {
    var result = Split(yes: flow.packets)
    for condition in conditions {
      var candidates = flow
      candidates.packets = result.yes.union(result.maybe)
      if candidates.packets.isEmpty { return Split() }
      let next = split(condition, candidates)
      let maybe = next.maybe.union(next.yes.intersection(result.maybe))
      result = Split(
        yes: result.yes.intersection(next.yes), maybe: maybe,
        doubts: maybe.isEmpty ? [] : doubts.union(result.doubts, next.doubts))
    }
    return result
  }

  private mutating func splitByAny(_ conditions: [Condition], _ flow: Flow) -> Split {
    var result = Split()
    for condition in conditions {
      var rest = flow
      rest.packets.subtract(result.yes)
      if rest.packets.isEmpty { break }
      let next = split(condition, rest)
      result.yes = result.yes.union(next.yes)
      result.maybe = result.maybe.union(next.maybe).subtracting(result.yes)
      result.doubts = doubts.union(result.doubts, next.doubts)
    }
    if result.maybe.isEmpty { result.doubts = [] }
    return result
  }

  private mutating func split(_ comparison: Comparison, _ flow: Flow) -> Split {
    var result = Split()
    for part in parts(of: comparison.operand, flow) {
      let piece = split(comparison, part)
      result.yes = result.yes.union(piece.yes)
      result.maybe = result.maybe.union(piece.maybe)
      // A doubt that a map lookup raised stands against both sides.
      let raised = part.flow.doubts.filter { !flow.doubts.contains($0) }
      if !raised.isEmpty {
        result.maybe = result.maybe.union(part.flow.packets)
        result.yes.subtract(result.maybe)
      }
      result.doubts = doubts.union(doubts.union(result.doubts, piece.doubts), raised)
    }
    if result.maybe.isEmpty { result.doubts = [] }
    return result
  }

  private mutating func split(_ comparison: Comparison, _ part: ValuedFlow) -> Split {
    let packets = part.flow.packets
    if case .absent = part.value { return Split() }
    switch comparison.relation {
    case .hasAny(let bits): return split(bits: bits, wanted: true, part)
    case .hasNone(let bits): return split(bits: bits, wanted: false, part)
    case .isIn, .isNotIn: break
    }
    var inside = membership(part.value, comparison.values, packets)
    if comparison.relation == .isNotIn {
      inside.yes = packets.subtracting(inside.yes).subtracting(inside.maybe)
    }
    return inside
  }

  private mutating func split(bits: UInt128, wanted: Bool, _ part: ValuedFlow) -> Split {
    let packets = part.flow.packets
    switch part.value {
    case .number(let number): return (number & bits != 0) == wanted ? Split(yes: packets) : Split()
    case .partial(let number):
      if UInt128(number.value) & bits != 0 { return wanted ? Split(yes: packets) : Split() }
      if UInt128(number.unknown) & bits == 0 { return wanted ? Split() : Split(yes: packets) }
      return maybe(packets, number.doubt ?? .notUnderstood("bits"))
    case .unknown(let doubt), .between(_, _, let doubt): return maybe(packets, doubt)
    default: return maybe(packets, .notUnderstood("bits of a value"))
    }
  }

  /// A split of which nothing is sure.
  mutating func maybe(_ packets: PacketSet, _ doubt: Doubt) -> Split {
    Split(maybe: packets, doubts: [doubts.number(doubt, at: position.decision)])
  }

  /// The packets whose value is one of the values.
  private mutating func membership(
    _ value: FieldValue, _ values: Values, _ packets: PacketSet
  ) -> Split {
    if case .unknown(let doubt) = value, !values.isEmpty { return maybe(packets, doubt) }
    switch values {
    case .doubt(let doubt): return maybe(packets, doubt)
    case .numbers(let set): return membership(value, in: set, packets)
    case .masked(let wanted, let mask):
      return membership(
        BitArithmetic.join(.and, value, .number(mask)), in: IntervalSet(wanted, wanted), packets)
    case .names(let patterns):
      guard case .name(let name) = value else { return maybe(packets, .notUnderstood("name")) }
      return patterns.contains { $0.matches(name) } ? Split(yes: packets) : Split()
    case .elements, .named:
      let found = lookUp(value, values, packets)
      var result = Split()
      for hit in found.hits {
        if hit.doubts.isEmpty {
          result.yes = result.yes.union(hit.packets)
        } else {
          result.maybe = result.maybe.union(hit.packets)
          result.doubts = doubts.union(result.doubts, hit.doubts)
        }
      }
      result.maybe.subtract(result.yes)
      return result
    }
  }

  /// The packets whose value is one of those numbers.
  mutating func membership(
    _ value: FieldValue, in set: IntervalSet, _ packets: PacketSet
  ) -> Split {
    switch value {
    case .number(let number): return set.contains(number) ? Split(yes: packets) : Split()
    case .sources(let mask):
      guard let wanted = MaskedSources.sources(under: mask, in: set, family, within: packets) else {
        return maybe(packets, .notUnderstood("address mask with many gaps"))
      }
      return Split(yes: packets.from(wanted))
    case .ports: return Split(yes: packets.fromPorts(set))
    case .between(let low, let high, let doubt):
      let inside = set.intersection(IntervalSet(low, high))
      if inside.isEmpty { return Split() }
      return inside == IntervalSet(low, high) ? Split(yes: packets) : maybe(packets, doubt)
    case .partial(let number): return membership(number, in: set, packets)
    case .name(let name):
      // An index is told by name here; 0 is the index of no interface.
      guard let index = name.isEmpty ? 0 : host.interfaces.first(where: { $0.name == name })?.index
      else {
        return maybe(packets, .notUnderstood("index of interface \(name)"))
      }
      return set.contains(UInt128(max(index, 0))) ? Split(yes: packets) : Split()
    case .unknown(let doubt): return maybe(packets, doubt)
    case .several, .absent: return Split()
    }
  }

  private mutating func membership(
    _ number: PartialNumber, in set: IntervalSet, _ packets: PacketSet
  ) -> Split {
    // Exact for single numbers: each is ruled out by one known bit that differs.
    let isPossible = set.intervals.contains { interval in
      guard interval.low == interval.high else {
        return interval.low <= UInt128(number.value | number.unknown)
          && interval.high >= UInt128(number.value)
      }
      return interval.low <= UInt128(UInt32.max)
        && (UInt32(interval.low) ^ number.value) & ~number.unknown == 0
    }
    guard isPossible else { return Split() }
    return maybe(packets, number.doubt ?? .notUnderstood("mark"))
  }
}

extension Values {
  /// Whether no value can be among them.
  fileprivate var isEmpty: Bool {
    if case .numbers(let set) = self { return set.isEmpty }
    return false
  }
}
