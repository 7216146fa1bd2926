import JSONText

/// Writes a rule of the JSON listing as `nft list ruleset` would.
enum NftText {
  /// The rule's statements with blanks between.
  static func rule(_ expr: JSONValue) -> String {
    (expr.array ?? []).map(statement).filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func statement(_ item: JSONValue) -> String {
    guard let member = item.only else { return item.string ?? "" }
    let body = member.value
    switch member.name {
    case "match": return match(body)
    case "counter":
      guard let packets = body["packets"]?.integer, let bytes = body["bytes"]?.integer else {
        return "counter" + (body.string.map { " name \"\($0)\"" } ?? "")
      }
      return "counter packets \(packets) bytes \(bytes)"
    case "jump", "goto": return "\(member.name) \(body["target"]?.string ?? "")"
    case "vmap":
      return "\(expression(body["key"] ?? .null)) vmap \(expression(body["data"] ?? .null))"
    case "mangle":
      return "\(expression(body["key"] ?? .null)) set \(expression(body["value"] ?? .null))"
    case "dnat", "snat", "masquerade", "redirect": return translation(member.name, body)
    case "reject": return reject(body)
    case "limit": return limit(body)
    case "log": return log(body)
    case "set":
      return
        "\(body["op"]?.string ?? "add") \(body["set"]?.string ?? "") { \(expression(body["elem"] ?? .null)) }"
    case "xt": return "xt \(body["type"]?.string ?? "") \"\(body["name"]?.string ?? "")\""
    default:
      if body == .null { return member.name }
      if let scalar = scalar(body) { return "\(member.name) \(scalar)" }
      return "\(member.name) \(pairs(body))"
    }
  }

  private static func match(_ body: JSONValue) -> String {
    let left = expression(body["left"] ?? .null)
    let right = expression(body["right"] ?? .null)
    switch body["op"]?.string {
    case "==", "in": return "\(left) \(right)"
    case let sign?: return "\(left) \(sign) \(right)"
    case nil: return "\(left) \(right)"
    }
  }

  private static func reject(_ body: JSONValue) -> String {
    guard let type = body["type"]?.string else { return "reject" }
    guard let code = body["expr"].flatMap(scalar) else { return "reject with \(type)" }
    return "reject with \(type) \(code)"
  }

  private static func limit(_ body: JSONValue) -> String {
    let over = body["inv"] == .bool(true) ? "over " : ""
    let unit = body["rate_unit"]?.string.map { $0 == "packets" ? "" : " \($0)" } ?? ""
    let burst = body["burst"]?.integer.map { " burst \($0) packets" } ?? ""
    return
      "limit rate \(over)\(body["rate"]?.integer ?? 0)\(unit)/\(body["per"]?.string ?? "second")\(burst)"
  }

  private static func log(_ body: JSONValue) -> String {
    body["prefix"]?.string.map { "log prefix \"\($0)\"" } ?? "log"
  }

  private static func translation(_ name: String, _ body: JSONValue) -> String {
    var words = [name]
    if let family = body["family"]?.string { words.append(family) }
    let address = body["addr"].map(expression) ?? ""
    let port = body["port"].map { ":" + expression($0) } ?? ""
    let isV6 = address.contains(":") && !port.isEmpty && !address.contains(" ")
    if !(address + port).isEmpty { words += ["to", (isV6 ? "[\(address)]" : address) + port] }
    return words.joined(separator: " ")
  }

  private static func scalar(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .number(let text): text
    case .bool(let flag): flag ? "exists" : "missing"
    default: nil
    }
  }

  private static func pairs(_ value: JSONValue) -> String {
    guard case .object(let members) = value else { return "" }
    return members.map { "\($0.name) \(expression($0.value))" }.joined(separator: " ")
  }

  /// Expressions nest no deeper than the reader allows.
  static func expression(_ value: JSONValue) -> String {
    if let text = scalar(value) { return text }
    if let items = value.array { return items.map(expression).joined(separator: ",") }
    guard let member = value.only else { return pairs(value) }
    let body = member.value
    switch member.name {
    case "payload":
      guard let field = body["field"]?.string else {
        return
          "@\(body["base"]?.string ?? ""),\(body["offset"]?.integer ?? 0),\(body["len"]?.integer ?? 0)"
      }
      return "\(body["protocol"]?.string ?? "") \(field)"
    case "meta": return meta(body["key"]?.string ?? "")
    case "ct":
      return ["ct", body["dir"]?.string ?? "", body["key"]?.string ?? ""].filter { !$0.isEmpty }
        .joined(separator: " ")
    case "fib":
      return
        "fib \((body["flags"]?.strings ?? []).joined(separator: " . ")) \(body["result"]?.string ?? "")"
    case "prefix": return "\(body["addr"].map(expression) ?? "")/\(body["len"]?.integer ?? 0)"
    case "range": return (body.array ?? []).map(expression).joined(separator: "-")
    case "concat": return (body.array ?? []).map(expression).joined(separator: " . ")
    case "set": return "{ \((body.array ?? [body]).map(element).joined(separator: ", ")) }"
    case "map":
      return "\(expression(body["key"] ?? .null)) map \(expression(body["data"] ?? .null))"
    case "elem": return expression(body["val"] ?? .null)
    case "&", "|", "^", "<<", ">>":
      return (body.array ?? []).map(expression).joined(separator: " \(member.name) ")
    case "jump", "goto": return "\(member.name) \(body["target"]?.string ?? "")"
    case "accept", "drop", "return", "continue": return member.name
    default: return "\(member.name) \(pairs(body))"
    }
  }

  private static func element(_ value: JSONValue) -> String {
    guard let pair = value.array, pair.count == 2 else { return expression(value) }
    return "\(expression(pair[0])) : \(expression(pair[1]))"
  }

  /// nft leaves the word away for the keys that are clear without it.
  private static func meta(_ key: String) -> String {
    ["iif", "oif", "iifname", "oifname"].contains(key) ? key : "meta \(key)"
  }
}
