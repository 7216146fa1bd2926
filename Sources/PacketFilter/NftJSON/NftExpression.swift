import Addressing
import JSONText

/// Parses what a rule computes from a packet.
struct NftExpression {
  let family: IPAddress.Family
  /// The table's sets and maps by name.
  let sets: [String: Int]
  let namedSets: [NamedSet]
  let chains: [String: Int]

  /// An operand and how nft writes its values, one type for each part of a concatenation.
  typealias Typed = (operand: Operand, types: [Datatype])

  /// The operand of that expression; what is not understood becomes a doubt of its name.
  func operand(_ value: JSONValue) -> Typed {
    guard let member = value.only else { return unknown("expression") }
    let body = member.value
    switch member.name {
    case "payload": return payload(body)
    case "meta": return meta(body["key"]?.string ?? "")
    case "ct": return connection(body)
    case "fib": return fib(body)
    case "concat": return concatenation(body.array ?? [])
    case "&": return bits(.and, body)
    case "|": return bits(.or, body)
    case "^": return bits(.xor, body)
    case "<<": return bits(.shiftLeft, body)
    case ">>": return bits(.shiftRight, body)
    case "map": return map(body)
    case "numgen", "jhash", "symhash": return generated(member.name, body)
    case "exthdr":
      return (body["field"] == nil ? .guarded(.ipv6, nil, .number(0)) : .absent, [.boolean])
    case "ip option":
      return (body["field"] == nil ? .guarded(.ipv4, nil, .number(0)) : .absent, [.boolean])
    case "tcp option": return guarded(nil, .tcp, "tcp option")
    case "sctp chunk": return guarded(nil, TransportProtocol(rawValue: 132), "sctp chunk")
    case "dccp option": return guarded(nil, TransportProtocol(rawValue: 33), "dccp option")
    case "osf": return (.guarded(nil, .tcp, .doubt(.stateful("osf"))), [.other("osf")])
    case "socket": return (.doubt(.stateful("socket")), [.other("socket")])
    // A packet that came through no tunnel has no such state.
    case "ipsec": return (.absent, [.other("ipsec")])
    default: return unknown(member.name)
    }
  }

  private func unknown(_ text: String) -> Typed {
    (.doubt(.notUnderstood(text)), [.other(text)])
  }

  private func guarded(
    _ family: IPAddress.Family?, _ transport: TransportProtocol?, _ text: String
  ) -> Typed {
    (.guarded(family, transport, .doubt(.notUnderstood(text))), [.other(text)])
  }

  private func concatenation(_ items: [JSONValue]) -> Typed {
    let parts = items.map { operand($0) }
    return (.concatenation(parts.map(\.operand)), parts.flatMap(\.types))
  }

  private func bits(_ operation: Operand.BitOperation, _ body: JSONValue) -> Typed {
    guard let items = body.array, items.count >= 2 else { return unknown("bit operation") }
    // Constants are written as the left side's type is.
    var result =
      items[0].only == nil ? (Operand.absent, [Datatype.integer(bits: 32)]) : operand(items[0])
    if items[0].only == nil, let number = NftConstants.bits(items[0], .integer(bits: 32)) {
      result.0 = .number(number)
    }
    let type = result.1.first ?? .other("")
    for item in items.dropFirst() {
      let right: Operand
      if let number = NftConstants.bits(item, type) ?? NftConstants.bits(item, .integer(bits: 32)) {
        right = .number(number)
      } else {
        right = operand(item).operand
      }
      result.0 = .bits(operation, result.0, right)
    }
    return (result.0, [type])
  }

  private func map(_ body: JSONValue) -> Typed {
    guard let key = body["key"], let data = body["data"] else { return unknown("map") }
    let (operand, types) = operand(key)
    if let name = data.string, name.hasPrefix("@") {
      guard let set = sets[String(name.dropFirst())], namedSets.indices.contains(set),
        case .nft(_, let values, _) = namedSets[set].content
      else { return unknown("map \(name), which is not listed") }
      return (.map(operand, .named(set)), values)
    }
    guard let items = data["set"]?.array else { return unknown("map") }
    let values = valueTypes(items)
    let table = NftElements(types: types, values: values, holdsVerdicts: false, chains: chains)
      .table(items)
    return (.map(operand, .elements(table)), values)
  }

  /// The types of an anonymous map's values, which only their form tells.
  private func valueTypes(_ items: [JSONValue]) -> [Datatype] {
    guard let first = items.first?.array?.last else { return [.other("map value")] }
    return (first["concat"]?.array ?? [first]).map { value in
      let scalar = value["prefix"]?["addr"] ?? value["range"]?.array?.first ?? value
      guard let text = scalar.string else { return .integer(bits: 32) }
      return switch IPAddress(parsing: text)?.family {
      case .ipv4: .ipv4Address
      case .ipv6: .ipv6Address
      case nil: .other("map value")
      }
    }
  }

  private func generated(_ name: String, _ body: JSONValue) -> Typed {
    let offset = UInt128(max(body["offset"]?.integer ?? 0, 0))
    guard let modulus = body["mod"]?.integer, modulus > 0 else { return unknown(name) }
    return (
      .between(offset, offset + UInt128(modulus) - 1, .stateful(name)), [.integer(bits: 32)]
    )
  }

  private func fib(_ body: JSONValue) -> Typed {
    let flags = body["flags"]?.strings ?? []
    let ofSource = flags.contains("saddr")
    let interface: Field.Interface? =
      flags.contains("iif") ? .inward : flags.contains("oif") ? .outward : nil
    switch body["result"]?.string {
    case "type":
      return (.field(.addressKind(ofSource: ofSource, onInterface: interface)), [.addressKind])
    case "oif" where ofSource, "oifname" where ofSource:
      return (.field(.reversePath(sameInterface: interface == .inward)), [.boolean])
    default: return unknown("fib")
    }
  }
}
