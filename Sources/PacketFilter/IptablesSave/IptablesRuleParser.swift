import Addressing

/// Parses one rule line of an iptables-save listing.
///
/// Every option that is not known becomes a doubt of that name: the rule may take a packet or not.
struct IptablesRuleParser {
  /// What names in a rule may refer to.
  struct Scope {
    var family: IPAddress.Family
    var chains: [String: Int]
    var ipsets: [String: Int]
    var sets: [NamedSet]
  }

  let scope: Scope
  var tokens: IptablesTokens
  var conditions: [Condition] = []
  /// The transport protocol that the rule asks for with `-p`.
  var transport: TransportProtocol?
  var statements: [Statement] = []

  /// The rule of that line, its first word the option `-A` or counters.
  static func rule(
    _ bytes: [UInt8], _ location: TextLocation, _ scope: borrowing Scope
  ) -> Rule {
    guard let tokens = IptablesTokens(bytes, location.range) else {
      return Rule(
        location: location,
        statements: [.opaque(.notUnderstood("quote without end in a rule"))])
    }
    var parser = IptablesRuleParser(scope: copy scope, tokens: tokens)
    parser.parse()
    let matches = parser.conditions.map { Statement.match($0) }
    return Rule(location: location, statements: matches + parser.statements)
  }

  private mutating func parse() {
    if !tokens.isAtEnd, tokens.peek.hasPrefix("[") { tokens.skip() }
    tokens.skip()
    tokens.skip()
    while !tokens.isAtEnd {
      let negated = tokens.takeNegation()
      let letter = tokens.peekLetter
      if letter == UInt8(ascii: "j") || letter == UInt8(ascii: "g") {
        tokens.skip()
        parseTarget(isGoto: letter == UInt8(ascii: "g"))
        return
      }
      if letter != 0, parseBasic(letter, negated: negated) { continue }
      parseLongOption(negated: negated)
    }
  }

  /// The options that need no module; `false` leaves the word to others.
  private mutating func parseBasic(_ letter: UInt8, negated: Bool) -> Bool {
    switch letter {
    case UInt8(ascii: "s"):
      parseAddress(.sourceAddress(scope.family), negated)
    case UInt8(ascii: "d"):
      parseAddress(.destinationAddress(scope.family), negated)
    case UInt8(ascii: "i"):
      parseInterface(.inInterface, negated)
    case UInt8(ascii: "o"):
      parseInterface(.outInterface, negated)
    case UInt8(ascii: "p"):
      parseProtocol(negated)
    case UInt8(ascii: "f"):
      tokens.skip()
      // The first fragment and a whole packet have no offset.
      conditions.append(.constant(negated))
    case UInt8(ascii: "m"):
      tokens.skip()
      parseModule(tokens.next() ?? "")
    case UInt8(ascii: "c"):
      for _ in 0..<3 { tokens.skip() }
    default:
      return false
    }
    return true
  }

  private mutating func parseAddress(_ field: Field, _ negatedBefore: Bool) {
    tokens.skip()
    let negated = tokens.takeNegation() != negatedBefore
    guard let range = tokens.nextRange() else { return doubt("address without a value") }
    guard let values = addressValues(range) else {
      return doubt("address \(ByteText.string(tokens.bytes, range))")
    }
    add(.field(field), values, negated)
  }

  /// The addresses of `ADDRESS`, `ADDRESS/LENGTH` or `ADDRESS/MASK`.
  private func addressValues(_ range: Range<Int>) -> Values? {
    let bytes = tokens.bytes
    let width = scope.family.bitCount
    let slash = ByteText.firstIndex(of: UInt8(ascii: "/"), in: bytes, range)
    guard let address = ByteText.address(bytes, range.lowerBound..<(slash ?? range.upperBound)),
      address.family == scope.family
    else { return nil }
    guard let slash else { return .number(address.number) }
    let rest = slash + 1..<range.upperBound
    if let length = Int(ByteText.string(bytes, rest)), (0...width).contains(length) {
      return AddressPrefix(address, length: length).map { .numbers(AddressSet($0).numbers) }
    }
    guard let mask = ByteText.address(bytes, rest), mask.family == scope.family else { return nil }
    return .masked(address.number & mask.number, mask: mask.number)
  }

  private mutating func parseInterface(_ field: Field, _ negatedBefore: Bool) {
    tokens.skip()
    let negated = tokens.takeNegation() != negatedBefore
    guard let name = tokens.next() else { return doubt("interface without a name") }
    add(.field(field), .names([Self.pattern(name)]), negated)
  }

  /// A trailing plus stands for any rest.
  static func pattern(_ name: String) -> NamePattern {
    name.hasSuffix("+")
      ? NamePattern(text: String(name.dropLast()), isPrefix: true)
      : NamePattern(text: name, isPrefix: false)
  }

  private mutating func parseProtocol(_ negatedBefore: Bool) {
    tokens.skip()
    let negated = tokens.takeNegation() != negatedBefore
    guard let name = tokens.next() else { return doubt("protocol without a name") }
    guard let number = ProtocolNames.number(name) else { return doubt("protocol \(name)") }
    if number == 0, scope.family == .ipv4 || name == "all" { return }
    if !negated { transport = TransportProtocol(rawValue: number) }
    add(.field(.transportProtocol(nil)), .number(number), negated)
  }

  private mutating func parseLongOption(negated: Bool) {
    guard let option = tokens.next() else { return }
    // Old listings print a protocol's options without the module.
    if let transport, parseTransportOption(option, transport, negated) { return }
    doubt(option)
    skipUnknown()
  }

  /// Notes something not understood, by name.
  mutating func doubt(_ text: String) {
    conditions.append(.doubt(.notUnderstood(text)))
  }

  /// Steps over words until an option that every rule may have.
  mutating func skipUnknown() {
    while !tokens.isAtEnd,
      ![UInt8(ascii: "m"), UInt8(ascii: "j"), UInt8(ascii: "g")].contains(tokens.peekLetter)
    {
      tokens.skip()
    }
  }

  /// Asks that an operand is among values, or is not.
  mutating func add(_ operand: Operand, _ values: Values, _ negated: Bool) {
    conditions.append(
      .comparison(
        Comparison(operand: operand, relation: negated ? .isNotIn : .isIn, values: values)))
  }
}

/// The names that protocols have in rules.
enum ProtocolNames {
  private static let numbers: [String: UInt8] = [
    "all": 0, "ip": 0, "hopopt": 0, "icmp": 1, "igmp": 2, "ipencap": 4, "tcp": 6, "egp": 8,
    "udp": 17, "dccp": 33, "ipv6": 41,
    "ipv6-route": 43, "ipv6-frag": 44, "rsvp": 46, "gre": 47, "esp": 50, "ipv6-crypt": 50, "ah": 51,
    "ipv6-auth": 51,
    "icmpv6": 58, "ipv6-icmp": 58, "icmp6": 58, "ipv6-nonxt": 59, "ipv6-opts": 60, "eigrp": 88,
    "ospf": 89, "ipip": 94,
    "etherip": 97, "pim": 103, "comp": 108, "ipcomp": 108, "vrrp": 112, "l2tp": 115, "sctp": 132,
    "mh": 135, "ipv6-mh": 135, "udplite": 136,
    "mobility-header": 135, "mpls-in-ip": 137,
  ]

  /// The number of a protocol's name or number; `nil` for neither.
  static func number(_ name: String) -> UInt8? { numbers[name] ?? UInt8(name) }
}
