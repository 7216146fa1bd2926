import Addressing
import JSONText

extension NftRuleParser {
  /// Statements that write to the packet, or to what the kernel keeps beside it.
  mutating func parseMangle(_ body: JSONValue) {
    guard let key = body["key"]?.only, let value = body["value"] else { return opaque("mangle") }
    let name = key.value["key"]?.string ?? key.value["field"]?.string ?? ""
    let operand = assigned(value)
    switch (key.name, name) {
    case ("meta", "mark"): append(.assign(.mark, operand))
    case ("ct", "mark"): append(.assign(.connectionMark, operand))
    case ("ct", "zone"):
      let isByDirection = key.value["dir"] != nil
      append(
        .assign(
          .connectionZone, isByDirection ? .doubt(.notUnderstood("ct zone by direction")) : operand)
      )
    case ("ct", "helper"): append(.assign(.connectionHelper, .number(1)))
    // Nothing that a rule asks of a first packet depends on these, or the answer is not known anyway.
    case ("meta", "nftrace"), ("meta", "priority"), ("ct", "label"), ("ct", "event"),
      ("ct", "secmark"),
      ("meta", "secmark"), ("payload", "ttl"), ("payload", "hoplimit"), ("payload", "dscp"),
      ("payload", "ecn"), ("tcp option", _):
      require(.exists(operand))
    default: opaque("\(key.name) \(name) set")
    }
  }

  private mutating func append(_ statement: Statement) { statements.append(statement) }

  private func assigned(_ value: JSONValue) -> Operand {
    if let number = NftConstants.bits(value, .mark) { return .number(number) }
    return expression.operand(value).operand
  }

  /// The statements that translate addresses.
  mutating func parseTranslation(_ name: String, _ body: JSONValue) {
    let named = body["family"]?.string.flatMap { TableFamily(rawValue: $0) }
    var translation = Translation(
      address: name == "redirect" || name == "masquerade" ? .ofInterface : .unchanged)
    translation.family = named == .ipv4 ? .ipv4 : named == .ipv6 ? .ipv6 : nil
    if let address = body["addr"] { setAddress(&translation, address, name) }
    if let port = body["port"] {
      translation.port =
        port.integer.map { .number(UInt128(UInt16(truncatingIfNeeded: $0))) }
        ?? (port["range"] == nil
          ? expression.operand(port).operand : .doubt(.stateful("\(name) to several ports")))
    }
    let changesDestination = name == "dnat" || name == "redirect"
    append(changesDestination ? .translateDestination(translation) : .translateSource(translation))
  }

  private func setAddress(_ translation: inout Translation, _ address: JSONValue, _ name: String) {
    if let text = address.string {
      guard let parsed = IPAddress(parsing: text) else {
        translation.address = .operand(.doubt(.notUnderstood("\(name) to \(text)")))
        return
      }
      translation.address = .operand(.number(parsed.number))
      translation.family = translation.family ?? parsed.family
    } else if address["range"] != nil || address["prefix"] != nil {
      translation.address = .anyOf("\(name) to several addresses")
    } else {
      translation.address = .operand(expression.operand(address).operand)
    }
  }

  /// A match or target of iptables, of which the listing says no more than the name.
  mutating func parseForeign(_ body: JSONValue) {
    let name = body["name"]?.string ?? "xt"
    let isTarget = body["type"]?.string == "target"
    switch name {
    case "comment", "LOG", "NFLOG", "TRACE", "CHECKSUM", "TCPMSS", "CLASSIFY", "log", "nflog": break
    case "SNAT" where isTarget, "MASQUERADE" where isTarget:
      append(.translateSource(Translation(address: .anyOf(name))))
    default:
      if isTarget { opaque(name) } else { require(.doubt(.notUnderstood(name))) }
    }
  }
}
