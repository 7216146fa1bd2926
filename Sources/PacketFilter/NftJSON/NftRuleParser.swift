import Addressing
import JSONText

/// Parses the statements of one nft rule.
///
/// A statement that is not understood ends the rule in a doubt of its name: what it would have done is not known.
struct NftRuleParser {
  let expression: NftExpression
  var statements: [Statement] = []

  /// The statements of a rule's `expr`.
  static func statements(_ expr: JSONValue, _ expression: NftExpression) -> [Statement] {
    var parser = NftRuleParser(expression: expression)
    guard let items = expr.array else {
      return [.opaque(.notUnderstood("rule without statements"))]
    }
    for item in items { parser.parse(item) }
    return parser.statements
  }

  private init(expression: NftExpression) { self.expression = expression }

  mutating func opaque(_ text: String) { statements.append(.opaque(.notUnderstood(text))) }

  mutating func require(_ condition: Condition) { statements.append(.match(condition)) }

  private mutating func parse(_ item: JSONValue) {
    if let text = item.string { return parseBareText(text) }
    guard let member = item.only else { return opaque("statement") }
    switch NftVerdict.verdict(member, expression.chains) {
    case .success(let verdict): statements.append(.verdict(verdict))
    case .failure(let failure) where member.name == "jump" || member.name == "goto":
      statements.append(.opaque(failure.doubt))
    case .failure: parseAction(member)
    }
  }

  /// nft 1.0.6 has no JSON for anonymous chains and map updates, and prints nft text.
  private mutating func parseBareText(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace)
    let isUpdate = ["add", "update", "delete"].contains(words.first ?? "")
    let name = words.prefix(2).joined(separator: " ")
    if isUpdate { return require(.doubt(.notUnderstood(name))) }
    opaque(name)
  }

  private mutating func parseAction(_ member: JSONValue.Member) {
    let body = member.value
    switch member.name {
    case "match": require(expression.comparison(body))
    case "vmap": parseVerdictMap(body)
    case "mangle": parseMangle(body)
    case "reject": parseReject(body)
    case "dnat", "redirect", "snat", "masquerade": parseTranslation(member.name, body)
    case "counter": requireMapped(body)
    case "limit", "quota", "ct count", "connlimit", "last":
      requireMapped(body)
      require(.doubt(.stateful(member.name)))
    case "meter": require(.doubt(.stateful("meter")))
    case "set": parseSetUpdate(body)
    // A connection that has its expectation already, or as many as it may, is dropped.
    case "ct expectation": statements.append(.mayDrop(.stateful(member.name)))
    case "log", "ct timeout", "secmark", "flow", "dup", "reset", "optstrip":
      requireMapped(body)
    case "ct helper":
      requireMapped(body)
      statements.append(.assign(.connectionHelper, .number(1)))
    case "notrack": statements.append(.leaveUntracked)
    case "tproxy", "synproxy", "queue": parseHandover(member.name, body)
    case "xt": parseForeign(body)
    default: opaque(member.name)
    }
  }

  /// An object chosen by a map: without an element for the packet the rule goes no further.
  private mutating func requireMapped(_ body: JSONValue) {
    guard let map = body["map"], let key = map["key"], let data = map["data"] else { return }
    let (operand, types) = expression.operand(key)
    let keys = data["set"]?.array?.compactMap { $0.array?.first }
    let right = keys.map { JSONValue.object([.init(name: "set", value: .array($0))]) } ?? data
    require(
      .comparison(
        Comparison(operand: operand, relation: .isIn, values: expression.values(right, types))))
  }

  private mutating func parseVerdictMap(_ body: JSONValue) {
    guard let key = body["key"], let data = body["data"] else { return opaque("vmap") }
    let (operand, types) = expression.operand(key)
    statements.append(.verdictMap(operand, expression.verdictMap(data, types)))
  }

  /// The packet goes to a program, or to a socket, of which the rules tell nothing.
  private mutating func parseHandover(_ name: String, _ body: JSONValue) {
    requireMapped(body)
    // A tproxy that finds no listening socket does not match.
    if name == "tproxy" { require(.doubt(.stateful(name))) }
    statements.append(.opaque(.stateful(name)))
  }

  private mutating func parseSetUpdate(_ body: JSONValue) {
    let element = body["elem"]?["elem"]?["val"] ?? body["elem"] ?? .null
    let key = element["concat"]?.array ?? [element]
    // Without the fields of the key the rule goes no further.
    for part in key where part.only != nil { require(.exists(expression.operand(part).operand)) }
    let inner = body["stmt"]?.array ?? body["elem"]?["elem"]?["stmt"]?.array ?? []
    for statement in inner {
      guard let name = statement.only?.name, name != "counter", name != "last" else { continue }
      require(.doubt(.stateful(name)))
    }
  }

  private mutating func parseReject(_ body: JSONValue) {
    let family = expression.family
    let type = body["type"]?.string ?? "icmpx"
    if type == "tcp reset" {
      require(protocolIs(.tcp))
      statements.append(.verdict(.reject(.tcpReset)))
      return
    }
    // Listings leave out the family that the kind of error implies.
    if type == "icmp", family == .ipv6 { return require(.constant(false)) }
    if type == "icmpv6", family == .ipv4 { return require(.constant(false)) }
    let code =
      body["expr"]?.string ?? body["expr"]?.integer.map { String($0) } ?? "port-unreachable"
    guard let kind = RejectKind(nftType: type, code: code, family: family) else {
      return opaque("reject with \(type) \(code)")
    }
    statements.append(.verdict(.reject(kind)))
  }

  private func protocolIs(_ transport: TransportProtocol) -> Condition {
    .comparison(
      Comparison(
        operand: .field(.transportProtocol(nil)), relation: .isIn,
        values: .number(transport.rawValue)))
  }
}
