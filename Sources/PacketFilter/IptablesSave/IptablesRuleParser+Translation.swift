import Addressing

extension IptablesRuleParser {
  /// Parses the options of a target that translates addresses.
  mutating func parseTranslation(_ name: String) {
    var translation = Translation(
      address: name == "REDIRECT" || name == "MASQUERADE" ? .ofInterface : .unchanged)
    var destinations = 0
    while let option = tokens.next() {
      switch option {
      case "--to-destination", "--to-source":
        translation = Self.translation(tokens.next() ?? "", name, scope.family)
        destinations += 1
      case "--to-ports": translation.port = Self.portOperand(tokens.next() ?? "", name)
      case "--to":
        tokens.skip()
        translation.address = .anyOf(name)
      case "--random", "--random-fully", "--persistent": break
      default:
        statements.append(.opaque(.notUnderstood("\(name) \(option)")))
        return
      }
    }
    if destinations > 1 { translation.address = .anyOf(name) }
    // NETMAP and SNAT stand where their chain says: before routing they change the destination.
    let changesDestination = name == "DNAT" || name == "REDIRECT"
    guard name != "NETMAP" else {
      statements.append(.opaque(.notUnderstood(name)))
      return
    }
    statements.append(
      changesDestination ? .translateDestination(translation) : .translateSource(translation))
  }

  /// The address and port of `A`, `A:P`, `A-B`, `A:P-Q`, `[A]:P` or `:P`.
  private static func translation(
    _ text: String, _ target: String, _ family: IPAddress.Family
  ) -> Translation {
    var address = text[...]
    var port: Substring?
    if text.hasPrefix("["), let close = text.lastIndex(of: "]") {
      address =
        text[text.index(after: text.startIndex)..<close].filter { $0 != "[" && $0 != "]" }[...]
      let rest = text[text.index(after: close)...]
      port = rest.hasPrefix(":") ? rest.dropFirst() : nil
    } else if family == .ipv4, let colon = text.lastIndex(of: ":") {
      address = text[..<colon]
      port = text[text.index(after: colon)...]
    }
    var translation = Translation(address: .unchanged)
    if !address.isEmpty {
      if let parsed = IPAddress(parsing: address), parsed.family == family {
        translation.address = .operand(.number(parsed.number))
      } else {
        translation.address = .anyOf("\(target) to \(address)")
      }
    }
    translation.port = port.map { portOperand(String($0), target) }
    return translation
  }

  private static func portOperand(_ text: String, _ target: String) -> Operand {
    // A port behind the slash is where a shifted range begins.
    guard let port = UInt16(text) else { return .doubt(.stateful("\(target) to ports \(text)")) }
    return .number(UInt128(port))
  }
}
