/// Joins values bit by bit, as far as their bits are known.
enum BitArithmetic {
  /// The joined value.
  static func join(_ operation: Operand.BitOperation, _ left: FieldValue, _ right: FieldValue)
    -> FieldValue
  {
    switch (left, right) {
    case (.absent, _), (_, .absent): return .absent
    case (.number(let a), .number(let b)): return .number(numbers(operation, a, b))
    case (.sources(let mask), .number(let b)) where operation == .and:
      return .sources(mask: mask & b)
    case (.sources, _), (.ports, _): return .unknown(.notUnderstood("arithmetic on the source"))
    default: break
    }
    guard let a = partial(left), let b = partial(right) else {
      return .unknown(reason(left, right))
    }
    return .partial(partials(operation, a, b)).simplified
  }

  private static func numbers(_ operation: Operand.BitOperation, _ a: UInt128, _ b: UInt128)
    -> UInt128
  {
    switch operation {
    case .and: a & b
    case .or: a | b
    case .xor: a ^ b
    case .shiftLeft: b < 128 ? a << b : 0
    case .shiftRight: b < 128 ? a >> b : 0
    }
  }

  private static func partial(_ value: FieldValue) -> PartialNumber? {
    switch value {
    case .number(let number): PartialNumber(UInt32(truncatingIfNeeded: number))
    case .partial(let number): number
    default: nil
    }
  }

  private static func reason(_ left: FieldValue, _ right: FieldValue) -> Doubt {
    for value in [left, right] {
      switch value {
      case .unknown(let doubt), .between(_, _, let doubt): return doubt
      default: continue
      }
    }
    return .notUnderstood("bit operation")
  }

  private static func partials(
    _ operation: Operand.BitOperation, _ a: PartialNumber, _ b: PartialNumber
  ) -> PartialNumber {
    var result = a
    result.doubt = a.doubt ?? b.doubt
    switch operation {
    case .and:
      // A bit is known where both are, or where either is known to be 0.
      let zeros = (~a.value & ~a.unknown) | (~b.value & ~b.unknown)
      result.unknown = (a.unknown | b.unknown) & ~zeros
      result.value = a.value & b.value & ~result.unknown
    case .or:
      let ones = a.value | b.value
      result.unknown = (a.unknown | b.unknown) & ~ones
      result.value = ones
    case .xor:
      result.unknown = a.unknown | b.unknown
      result.value = (a.value ^ b.value) & ~result.unknown
    case .shiftLeft, .shiftRight:
      guard b.unknown == 0 else {
        return PartialNumber(unknown: result.doubt ?? .notUnderstood("shift"))
      }
      let isLeft = operation == .shiftLeft
      result.value = isLeft ? a.value << b.value : a.value >> b.value
      result.unknown = isLeft ? a.unknown << b.value : a.unknown >> b.value
    }
    if result.unknown == 0 { result.doubt = nil }
    return result
  }
}

extension FieldValue {
  /// A partial number of which all bits are known, as a number.
  fileprivate var simplified: FieldValue {
    if case .partial(let number) = self, number.unknown == 0 {
      return .number(UInt128(number.value))
    }
    return self
  }
}
