import Addressing
import JSONText

extension NftExpression {
  /// The condition of a match statement.
  func comparison(_ body: JSONValue) -> Condition {
    guard let left = body["left"], let right = body["right"], let sign = body["op"]?.string else {
      return .doubt(.notUnderstood("match"))
    }
    let (operand, types) = operand(left)
    if case .doubt(let doubt) = operand { return .doubt(doubt) }
    if let doubt = doubtAboutConnectionAddress(operand, right) { return .doubt(doubt) }
    switch sign {
    case "in": return bitTest(operand, types, right, wanted: true)
    case "!": return bitTest(operand, types, right, wanted: false)
    case "==":
      return .comparison(
        Comparison(operand: operand, relation: .isIn, values: values(right, types)))
    case "!=":
      return .comparison(
        Comparison(operand: operand, relation: .isNotIn, values: values(right, types)))
    case "<", ">", "<=", ">=": return ordering(operand, types, sign, right)
    default: return .doubt(.notUnderstood("operator \(sign)"))
    }
  }

  /// nft 1.0.6 prints a prefix of whole bytes as an address: `ct original saddr 8.0.0.0/8` as `0.0.0.8`.
  private func doubtAboutConnectionAddress(_ operand: Operand, _ right: JSONValue) -> Doubt? {
    var inner = operand
    if case .guarded(_, _, let guarded) = operand { inner = guarded }
    switch inner {
    case .field(.original(.source)), .field(.original(.destination)), .field(.answer(.source)),
      .field(.answer(.destination)):
      break
    default: return nil
    }
    guard let text = right.string, let address = IPAddress(parsing: text) else { return nil }
    let leading = address.number >> UInt128(address.family == .ipv4 ? 24 : 112)
    return leading == 0 ? .notUnderstood("connection address \(text)") : nil
  }

  private func bitTest(
    _ operand: Operand, _ types: [Datatype], _ right: JSONValue, wanted: Bool
  ) -> Condition {
    guard types.count == 1, let bits = NftConstants.bits(right, types[0]) else {
      return .comparison(
        Comparison(
          operand: operand, relation: wanted ? .isIn : .isNotIn, values: values(right, types)))
    }
    return .comparison(
      Comparison(operand: operand, relation: wanted ? .hasAny(bits) : .hasNone(bits)))
  }

  private func ordering(
    _ operand: Operand, _ types: [Datatype], _ sign: String, _ right: JSONValue
  ) -> Condition {
    guard let type = types.first, case .range(let number, _)? = NftConstants.part(right, type)
    else {
      return .doubt(.notUnderstood("operator \(sign)"))
    }
    let numbers: IntervalSet
    switch sign {
    case "<": numbers = number == 0 ? IntervalSet() : IntervalSet(0, number - 1)
    case "<=": numbers = IntervalSet(0, number)
    case ">": numbers = number == .max ? IntervalSet() : IntervalSet(number + 1, .max)
    default: numbers = IntervalSet(number, .max)
    }
    return .comparison(Comparison(operand: operand, relation: .isIn, values: .numbers(numbers)))
  }

  /// The right side of a comparison with operands of those types.
  func values(_ right: JSONValue, _ types: [Datatype]) -> Values {
    if let name = right.string, name.hasPrefix("@") {
      guard let set = sets[String(name.dropFirst())] else {
        return .doubt(.notUnderstood("set \(name), which is not listed"))
      }
      return .named(set)
    }
    let elements = NftElements(types: types, values: [], holdsVerdicts: false, chains: [:])
    if let items = right["set"]?.array {
      let table = elements.table(items)
      return table.others.isEmpty ? .numbers(table.plain) : .elements(table)
    }
    guard types.count == 1 else { return .elements(elements.table([right])) }
    switch elements.part(right, types[0]) {
    case .range(let low, let high): return .numbers(IntervalSet(low, high))
    case .name(let pattern): return .names([pattern])
    case .any: return .numbers(IntervalSet(0, .max))
    case .doubt(let doubt): return .doubt(doubt)
    }
  }

  /// The map of a verdict map, named or written in the rule.
  func verdictMap(_ data: JSONValue, _ types: [Datatype]) -> Values {
    if let name = data.string, name.hasPrefix("@") {
      guard let set = sets[String(name.dropFirst())] else {
        return .doubt(.notUnderstood("map \(name), which is not listed"))
      }
      return .named(set)
    }
    guard let items = data["set"]?.array else { return .doubt(.notUnderstood("vmap")) }
    return .elements(
      NftElements(types: types, values: [], holdsVerdicts: true, chains: chains).table(items))
  }
}
