import Addressing

extension Evaluation {
  /// Does what a statement changes; gives back the flows that go on in the rule.
  mutating func change(_ statement: Statement, _ flow: Flow, _ inside: inout Inside) -> [Flow] {
    switch statement {
    case .assign(let field, let operand): return assign(field, operand, flow, &inside)
    case .leaveUntracked:
      var flow = flow
      // Too late once the kernel has looked the connection up, or a rule has said how it is to be.
      if flow.header.state == nil, !flow.header.hasTemplate { flow.header.state = .untracked }
      note(.leavesUntracked, flow)
      return [flow]
    case .translateDestination(let translation):
      return translateDestination(translation, flow, &inside)
    case .translateSource(let translation):
      return translateSource(translation, flow, &inside)
    default: return [flow]
    }
  }

  private mutating func assign(
    _ field: AssignableField, _ operand: Operand, _ flow: Flow, _ inside: inout Inside
  ) -> [Flow] {
    parts(of: operand, flow).compactMap { part in
      var flow = part.flow
      guard let number = partialNumber(part.value) else {
        inside.next.append(flow)
        return nil
      }
      switch field {
      case .mark: flow.header.mark = number
      case .connectionMark:
        if flow.header.state != nil, flow.header.state != .untracked {
          flow.header.connectionMark = number
        }
      case .connectionZone:
        guard flow.header.state == nil, !flow.header.hasTemplate else { break }
        flow.header.zone = number
        flow.header.hasTemplate = true
      case .connectionHelper:
        flow.header.hasHelper = true
        if flow.header.state == nil { flow.header.hasTemplate = true }
      }
      note(.marks, flow)
      return flow
    }
  }

  /// The number that a value is as far as known; `nil` where the packet has none.
  private func partialNumber(_ value: FieldValue) -> PartialNumber? {
    switch value {
    case .number(let number): PartialNumber(UInt32(truncatingIfNeeded: number))
    case .partial(let number): number
    case .absent: nil
    case .between(let low, let high, let doubt):
      low == high ? PartialNumber(UInt32(truncatingIfNeeded: low)) : PartialNumber(unknown: doubt)
    case .unknown(let doubt): PartialNumber(unknown: doubt)
    case .sources, .ports, .name, .several:
      PartialNumber(unknown: .notUnderstood("value of a mark"))
    }
  }

  private mutating func translateDestination(
    _ translation: Translation, _ flow: Flow, _ inside: inout Inside
  ) -> [Flow] {
    guard translation.family == nil || translation.family == family else {
      inside.next.append(flow)
      return []
    }
    switch translation.address {
    case .unchanged: return finish(translation, flow, number: nil, port: nil, &inside)
    case .ofInterface:
      guard let address = host.primaryAddress(of: question.inInterface, family) else {
        return several("address of \(question.inInterface)", .notUnderstood, flow)
      }
      return finish(translation, flow, number: address.number, port: nil, &inside)
    case .anyOf(let text): return several(text, .stateful, flow)
    case .operand(let operand):
      return parts(of: operand, flow).flatMap { part -> [Flow] in
        switch part.value {
        case .number(let number):
          return finish(translation, part.flow, number: number, port: nil, &inside)
        case .several(let values):
          guard values.count == 2, case .number(let address) = values[0] else { break }
          return finish(translation, part.flow, number: address, port: values[1], &inside)
        case .absent:
          inside.next.append(part.flow)
          return []
        default: break
        }
        if case .unknown(let doubt) = part.value {
          return several(doubt.text, doubt.kind, part.flow)
        }
        return several("translation to one of several", .stateful, part.flow)
      }
    }
  }

  /// The kernel picks one of several destinations: any outcome is possible.
  private mutating func several(_ text: String, _ kind: Doubt.Kind, _ flow: Flow) -> [Flow] {
    var flow = flow
    doubt(&flow, Doubt(kind: kind, text: text))
    end(flow, .unknown, position.decision)
    return []
  }

  private mutating func finish(
    _ translation: Translation, _ flow: Flow, number: UInt128?, port: FieldValue?,
    _ inside: inout Inside
  ) -> [Flow] {
    if flow.header.role != .request {
      return several("answer translated on its way out", .notUnderstood, flow)
    }
    var result = flow
    var newPort = port
    if let operand = translation.port {
      let parts = parts(of: operand, flow)
      guard parts.count == 1 else {
        return several("translation to one of several ports", .stateful, flow)
      }
      newPort = parts[0].value
    }
    switch newPort {
    case nil: break
    case .number(let port): result.header.destinationPort = UInt16(truncatingIfNeeded: port)
    case .absent:
      inside.next.append(flow)
      return []
    case .unknown(let doubt): return several(doubt.text, doubt.kind, flow)
    default: return several("translation to one of several ports", .stateful, flow)
    }
    if question.transport == .icmp { result.header.destinationPort = 0 }
    if let number { result.header.destination = number }
    result.header.isDestinationTranslated = true
    note(.translates, flow)
    accept(result)
    return []
  }

  /// What the peer sees as source does not change whether the request arrives.
  private mutating func translateSource(
    _ translation: Translation, _ flow: Flow, _ inside: inout Inside
  ) -> [Flow] {
    guard translation.family == nil || translation.family == family else {
      inside.next.append(flow)
      return []
    }
    guard flow.header.role == .request else {
      return several("answer translated on its way out", .notUnderstood, flow)
    }
    var operand = Operand.doubt(.notUnderstood("translated source"))
    switch translation.address {
    case .operand(let known): operand = known
    case .ofInterface:
      if let only = host.onlyAddress(of: flow.header.outInterface, family) {
        operand = .number(only.number)
      }
    case .unchanged, .anyOf: break
    }
    for part in parts(of: operand, flow) {
      var result = part.flow
      switch part.value {
      case .absent:
        inside.next.append(result)
        continue
      case .number(let number): result.header.source = .translated(number)
      default: result.header.source = .unknown
      }
      result.header.isSourceTranslated = true
      note(.translates, result)
      accept(result)
    }
    return []
  }
}
