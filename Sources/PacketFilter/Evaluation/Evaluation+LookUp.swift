import Addressing

extension Evaluation {
  /// What a set or map has for a flow's value.
  struct Found {
    /// Packets with an element, and what the element says.
    struct Hit {
      var packets: PacketSet
      var value: ElementValue?
      var doubts: [Int] = []
    }

    var hits: [Hit] = []
  }

  /// Looks a value up in elements written in a rule, or in a named set.
  mutating func lookUp(_ value: FieldValue, _ values: Values, _ packets: PacketSet) -> Found {
    switch values {
    case .named(let set):
      var found = lookUp(value, library.elements(of: set), packets)
      if library.model.sets[set].canChange { addChange(set, packets, &found) }
      return found
    case .elements(let table): return lookUp(value, table, packets)
    case .numbers(let numbers):
      let split = membership(value, in: numbers, packets)
      return Found(
        hits: [
          .init(packets: split.yes, value: nil),
          .init(packets: split.maybe, value: nil, doubts: split.doubts),
        ].filter { !$0.packets.isEmpty })
    case .doubt(let doubt):
      return Found(hits: [
        .init(
          packets: packets, value: .doubt(doubt),
          doubts: [doubts.number(doubt, at: position.decision)])
      ])
    case .masked, .names: return Found()
    }
  }

  /// A set that rules add to may hold any packet's value, or not, by the time it is asked.
  private mutating func addChange(_ set: Int, _ packets: PacketSet, _ found: inout Found) {
    let doubt = Doubt.stateful("set \(library.model.sets[set].name)")
    let number = doubts.number(doubt, at: position.decision)
    for index in found.hits.indices {
      found.hits[index].doubts = doubts.union(found.hits[index].doubts, [number])
    }
    var rest = packets
    for hit in found.hits { rest.subtract(hit.packets) }
    guard !rest.isEmpty else { return }
    var isMap = false
    if case .nft(_, let values, let holdsVerdicts) = library.model.sets[set].content {
      isMap = holdsVerdicts || !values.isEmpty
    }
    found.hits.append(
      .init(packets: rest, value: isMap ? .doubt(doubt) : nil, doubts: [number]))
  }

  private mutating func lookUp(
    _ value: FieldValue, _ table: ElementTable, _ packets: PacketSet
  ) -> Found {
    var found = Found()
    var rest = packets
    if !table.plain.isEmpty {
      let parts = value.flattened
      let split = parts.count == 1 ? membership(parts[0], in: table.plain, packets) : Split()
      append(split.yes, nil, [], &found, &rest)
      append(split.maybe, nil, split.doubts, &found, &rest)
    }
    for element in table.others {
      if rest.isEmpty { return found }
      match(value.flattened, element, &found, &rest)
    }
    if let otherwise = table.otherwise, !rest.isEmpty {
      let unsure = found.hits.flatMap(\.doubts)
      found.hits.append(.init(packets: rest, value: otherwise, doubts: Set(unsure).sorted()))
    }
    return found
  }

  private func append(
    _ packets: PacketSet, _ value: ElementValue?, _ doubts: [Int], _ found: inout Found,
    _ rest: inout PacketSet
  ) {
    guard !packets.isEmpty else { return }
    if doubts.isEmpty { rest.subtract(packets) }
    // Neighbours with one value are one hit: long maps often have few values.
    if let last = found.hits.indices.last, found.hits[last].value == value,
      found.hits[last].doubts == doubts
    {
      found.hits[last].packets = found.hits[last].packets.union(packets)
    } else {
      found.hits.append(.init(packets: packets, value: value, doubts: doubts))
    }
  }

  private mutating func match(
    _ values: [FieldValue], _ element: Element, _ found: inout Found, _ rest: inout PacketSet
  ) {
    guard element.parts.count == values.count else {
      if element.parts.count == 1, case .doubt(let doubt) = element.parts[0] {
        append(
          rest, element.value ?? .doubt(doubt), [doubts.number(doubt, at: position.decision)],
          &found, &rest)
      }
      return
    }
    var packets = rest
    var raised: [Int] = []
    for (value, part) in zip(values, element.parts) {
      let split = membership(value, part, packets)
      packets = split.maybe.isEmpty ? split.yes : split.yes.union(split.maybe)
      raised = doubts.union(raised, split.doubts)
      if packets.isEmpty { return }
    }
    if let doubt = element.doubt {
      raised = doubts.union(raised, [doubts.number(doubt, at: position.decision)])
    }
    append(packets, element.value, raised, &found, &rest)
  }

  private mutating func membership(
    _ value: FieldValue, _ part: ElementPart, _ packets: PacketSet
  ) -> Split {
    switch part {
    case .any: return Split(yes: packets)
    case .doubt(let doubt): return maybe(packets, doubt)
    case .range(let low, let high):
      if case .number(let number) = value {
        return number >= low && number <= high ? Split(yes: packets) : Split()
      }
      return membership(value, in: IntervalSet(low, high), packets)
    case .name(let pattern):
      guard case .name(let name) = value else { return maybe(packets, .notUnderstood("name")) }
      return pattern.matches(name) ? Split(yes: packets) : Split()
    }
  }
}
