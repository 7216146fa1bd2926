import Addressing

extension IptablesRuleParser {
  /// The words of `-m set`.
  mutating func parseSet() {
    forEachOption("set") { parser, option, negated in
      switch option {
      case "--match-set": parser.parseMatchSet(negated)
      case "--update-counters", "--update-subcounters": break
      case "--packets-eq", "--packets-lt", "--packets-gt", "--bytes-eq", "--bytes-lt", "--bytes-gt":
        parser.tokens.skip()
        parser.conditions.append(.doubt(.stateful("set counters")))
      default: return false
      }
      return true
    }
  }

  private mutating func parseMatchSet(_ negated: Bool) {
    let name = tokens.next() ?? ""
    let sides = (tokens.next() ?? "").split(separator: ",").map { $0 == "src" }
    guard let index = scope.ipsets[name], scope.sets.indices.contains(index) else {
      return doubt("set \(name), which is not in the listing of ipset")
    }
    let holds = condition(set: index, sides: sides, depth: 0)
    conditions.append(negated ? .not(holds) : holds)
  }

  private func condition(set index: Int, sides: [Bool], depth: Int) -> Condition {
    guard scope.sets.indices.contains(index), case .ipset(let type) = scope.sets[index].content
    else { return .doubt(.notUnderstood("set of an unknown type")) }
    if type.parts == [.set] {
      // Sets of sets hold no further ones.
      guard depth == 0 else { return .constant(false) }
      return .any(
        scope.sets[index].members.map { name in
          scope.ipsets[name].map { condition(set: $0, sides: sides, depth: 1) }
            ?? .doubt(.notUnderstood("set \(name), which is not in the listing of ipset"))
        })
    }
    guard type.family == scope.family || !type.parts.contains(where: { $0 == .ip || $0 == .net })
    else { return .constant(false) }
    var fields: [Operand] = []
    for (position, part) in type.parts.enumerated() {
      let isSource = position < sides.count ? sides[position] : sides.last ?? true
      fields += operands(for: part, isSource: isSource, type)
    }
    let operand = fields.count == 1 ? fields[0] : .concatenation(fields)
    return .comparison(Comparison(operand: operand, relation: .isIn, values: .named(index)))
  }

  private func operands(
    for part: IpsetType.Part, isSource: Bool, _ type: IpsetType
  ) -> [Operand] {
    switch part {
    case .ip, .net:
      let address = Operand.field(
        isSource ? .sourceAddress(type.family) : .destinationAddress(type.family))
      return [type.addressMask.map { .bits(.and, address, .number($0)) } ?? address]
    case .port:
      // A bitmap of ports knows no protocol, and so no ICMP; all other types keep it with the port.
      guard type.parts != [.port] else {
        return [.field(isSource ? .sourcePort(nil) : .destinationPort(nil))]
      }
      return [.field(.transportProtocol(nil)), .field(.setPort(isSource: isSource))]
    case .iface: return [.field(isSource ? .inInterface : .outInterface)]
    case .mark: return [.field(.mark)]
    case .mac: return [.doubt(.notUnderstood("mac"))]
    case .set: return [.doubt(.notUnderstood("set list"))]
    }
  }

  /// The words of `-m addrtype`.
  mutating func parseAddressKind() {
    var asked: [(ofSource: Bool, kinds: IntervalSet, negated: Bool)] = []
    var interface: Field.Interface?
    forEachOption("addrtype") { parser, option, negated in
      switch option {
      case "--src-type", "--dst-type":
        guard let kinds = parser.addressKinds(parser.tokens.next() ?? "") else { return false }
        asked.append((option == "--src-type", kinds, negated))
      case "--limit-iface-in": interface = .inward
      case "--limit-iface-out": interface = .outward
      default: return false
      }
      return true
    }
    for (ofSource, kinds, negated) in asked {
      add(
        .field(.addressKind(ofSource: ofSource, onInterface: interface)), .numbers(kinds), negated)
    }
  }

  private func addressKinds(_ text: String) -> IntervalSet? {
    var kinds: [IntervalSet.Interval] = []
    for name in text.split(separator: ",") {
      guard let kind = AddressKind(name.lowercased()) else { return nil }
      kinds.append(.init(UInt128(kind.rawValue), UInt128(kind.rawValue)))
      guard kind == .unicast, scope.family == .ipv6 else { continue }
      // ip6tables calls unicast whatever is not multicast.
      let multicast = UInt128(AddressKind.multicast.rawValue)
      kinds += [.init(0, multicast - 1), .init(multicast + 1, 255)]
    }
    return IntervalSet(kinds)
  }
}
