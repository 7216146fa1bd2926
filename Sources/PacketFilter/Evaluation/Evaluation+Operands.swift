import Addressing

extension Evaluation {
  /// Cuts a flow into parts for each of which the operand has one value, or one value for every packet.
  mutating func parts(of operand: Operand, _ flow: Flow) -> [ValuedFlow] {
    switch operand {
    case .field(.addressKind(let ofSource, let interface)):
      return addressKinds(ofSource: ofSource, interface, flow)
    case .field(.reversePath(let sameInterface)): return reversePaths(sameInterface, flow)
    case .field(let field): return [ValuedFlow(flow: flow, value: value(of: field, flow.header))]
    case .number(let number): return [ValuedFlow(flow: flow, value: .number(number))]
    case .name(let name): return [ValuedFlow(flow: flow, value: .name(name))]
    case .absent: return [ValuedFlow(flow: flow, value: .absent)]
    case .doubt(let doubt): return [ValuedFlow(flow: flow, value: .unknown(doubt))]
    case .between(let low, let high, let doubt):
      return [
        ValuedFlow(flow: flow, value: low == high ? .number(low) : .between(low, high, doubt))
      ]
    case .guarded(let wanted, let transport, let inner):
      guard wanted == nil || wanted == family,
        transport == nil || transport == self.transport(of: flow.header.role)
      else { return [ValuedFlow(flow: flow, value: .absent)] }
      return parts(of: inner, flow)
    case .bits(let operation, let left, let right):
      return combined([left, right], flow).map { part in
        ValuedFlow(
          flow: part.flow, value: BitArithmetic.join(operation, part.values[0], part.values[1]))
      }
    case .concatenation(let operands):
      return combined(operands, flow).map { part in
        ValuedFlow(
          flow: part.flow,
          value: part.values.contains(.absent)
            ? .absent : .several(part.values.flatMap(\.flattened)))
      }
    case .map(let key, let map): return mapped(key, map, flow)
    }
  }

  /// The parts of a flow with a value for each of several operands.
  private mutating func combined(
    _ operands: [Operand], _ flow: Flow
  ) -> [(flow: Flow, values: [FieldValue])] {
    var result: [(flow: Flow, values: [FieldValue])] = [(flow, [])]
    for operand in operands {
      var next: [(flow: Flow, values: [FieldValue])] = []
      for part in result {
        for piece in parts(of: operand, part.flow) {
          next.append((piece.flow, part.values + [piece.value]))
        }
      }
      result = next
    }
    return result
  }

  private mutating func mapped(_ key: Operand, _ map: Values, _ flow: Flow) -> [ValuedFlow] {
    var result: [ValuedFlow] = []
    for part in parts(of: key, flow) {
      if case .absent = part.value {
        result.append(part)
        continue
      }
      let found = lookUp(part.value, map, part.flow.packets)
      var missed = part.flow
      for hit in found.hits {
        var taken = part.flow
        taken.packets = hit.packets
        taken.doubts = doubts.union(taken.doubts, hit.doubts)
        if hit.doubts.isEmpty { missed.packets.subtract(hit.packets) }
        result.append(ValuedFlow(flow: taken, value: FieldValue(hit.value)))
      }
      for hit in found.hits where !hit.doubts.isEmpty {
        missed.doubts = doubts.union(missed.doubts, hit.doubts)
      }
      if !missed.packets.isEmpty { result.append(ValuedFlow(flow: missed, value: .absent)) }
    }
    return result
  }

  private func addressKinds(
    ofSource: Bool, _ interface: Field.Interface?, _ flow: Flow
  ) -> [ValuedFlow] {
    guard host.knowsAddresses else {
      let isOwn =
        !ofSource && flow.header.role == .request
        && flow.header.destination == question.destination.number
      return [
        ValuedFlow(
          flow: flow,
          value: isOwn && interface == nil
            ? .number(UInt128(AddressKind.local.rawValue))
            : .unknown(.notUnderstood("addresses of the host")))
      ]
    }
    let device: String? =
      switch interface {
      case .inward: flow.header.role == .request ? question.inInterface : ""
      case .outward: flow.header.outInterface
      case nil: nil
      }
    let asked = value(
      of: ofSource ? .sourceAddress(family) : .destinationAddress(family), flow.header)
    switch asked {
    case .number(let number):
      let kinds = host.kinds(of: IntervalSet(number, number), family, on: device)
      return kinds.prefix(1).map {
        ValuedFlow(flow: flow, value: .number(UInt128($0.kind.rawValue)))
      }
    case .sources:
      return host.kinds(of: flow.packets.sources, family, on: device).map { addresses, kind in
        var part = flow
        part.packets = flow.packets.from(addresses)
        return ValuedFlow(flow: part, value: .number(UInt128(kind.rawValue)))
      }
    default: return [ValuedFlow(flow: flow, value: .unknown(.notUnderstood("translated source")))]
    }
  }

  /// Whether the route back leaves by the interface that the packet came in by.
  private func reversePaths(_ sameInterface: Bool, _ flow: Flow) -> [ValuedFlow] {
    guard flow.header.role == .request, flow.header.source == .original, !host.routes.isEmpty else {
      return [ValuedFlow(flow: flow, value: .unknown(.notUnderstood("reverse path")))]
    }
    return host.partition(flow.packets.sources, family).map { addresses, route in
      var part = flow
      part.packets = flow.packets.from(addresses)
      let isBack = route.map {
        $0.kind == .unicast && (!sameInterface || $0.device == question.inInterface)
      }
      return ValuedFlow(flow: part, value: .number(isBack == true ? 1 : 0))
    }
  }
}

extension FieldValue {
  /// The value that a map has.
  init(_ value: ElementValue?) {
    switch value {
    case .parts(let parts)?:
      let values = parts.map { FieldValue($0) }
      self = values.count == 1 ? values[0] : .several(values)
    case .doubt(let doubt)?: self = .unknown(doubt)
    case .verdict?, nil: self = .unknown(.notUnderstood("map value"))
    }
  }

  private init(_ part: ElementPart) {
    switch part {
    case .range(let low, let high):
      self = low == high ? .number(low) : .between(low, high, .stateful("translation to a range"))
    case .name(let pattern): self = .name(pattern.text)
    case .any: self = .unknown(.notUnderstood("map value"))
    case .doubt(let doubt): self = .unknown(doubt)
    }
  }

  /// The parts of a concatenation, or the value alone.
  var flattened: [FieldValue] {
    if case .several(let values) = self { return values }
    return [self]
  }
}
