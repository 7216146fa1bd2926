import Addressing

extension IptablesRuleParser {
  /// Parses the words behind `-j` or `-g`, to the end of the rule.
  mutating func parseTarget(isGoto: Bool) {
    guard let name = tokens.next() else { return unknownTarget("target without a name") }
    if isGoto {
      guard let chain = scope.chains[name] else { return unknownTarget("chain \(name)") }
      statements.append(.verdict(.goto(chain)))
      return
    }
    switch name {
    case "ACCEPT": statements.append(.verdict(.accept))
    case "DROP": statements.append(.verdict(.drop))
    case "RETURN": statements.append(.verdict(.endChain))
    default:
      if let chain = scope.chains[name] {
        statements.append(.verdict(.jump(chain)))
      } else {
        parseExtension(name)
      }
    }
  }

  private mutating func unknownTarget(_ text: String) {
    statements.append(.opaque(.notUnderstood(text)))
  }

  /// Targets that neither end a packet's way nor change what another rule looks at.
  private static let passingTargets: Set<String> = [
    "LOG", "NFLOG", "ULOG", "TRACE", "AUDIT", "TCPMSS", "TCPOPTSTRIP", "CHECKSUM", "CLASSIFY",
    "DSCP", "TOS", "ECN", "TTL", "HL", "SECMARK", "CONNSECMARK", "IDLETIMER", "LED", "RATEEST",
    "TEE", "SET", "ACCOUNT",
  ]

  private mutating func parseExtension(_ name: String) {
    switch name {
    case "REJECT": parseReject()
    case "MARK": parseSetMark(.mark)
    case "CONNMARK": parseSetMark(.connectionMark)
    case "NOTRACK": statements.append(.leaveUntracked)
    case "CT": parseConnectionTarget()
    case "DNAT", "SNAT", "REDIRECT", "MASQUERADE", "NETMAP": parseTranslation(name)
    case "NFQUEUE", "QUEUE", "TPROXY": statements.append(.opaque(.stateful(name)))
    case "HMARK": statements.append(.assign(.mark, .doubt(.notUnderstood(name))))
    default:
      if !Self.passingTargets.contains(name) {
        unknownTarget("\(name), neither a chain nor a known target")
      }
    }
  }

  private mutating func parseReject() {
    guard !tokens.isAtEnd else {
      statements.append(.verdict(.reject(.standard(for: scope.family))))
      return
    }
    tokens.skip()
    let name = tokens.next() ?? ""
    guard let kind = RejectKind(iptablesName: name, family: scope.family) else {
      return unknownTarget("reject-with \(name)")
    }
    statements.append(.verdict(.reject(kind)))
  }

  private mutating func parseSetMark(_ field: AssignableField) {
    var option = tokens.next() ?? ""
    let isMark = field == .mark
    if option == "--save-mark" || option == "--restore-mark" {
      return parseCopyMark(saves: option == "--save-mark")
    }
    guard let (value, mask) = Self.maskedNumber(tokens.next() ?? "") else {
      return unknownTarget("\(isMark ? "MARK" : "CONNMARK") \(option)")
    }
    var clear = mask & 0xFFFF_FFFF
    var flip = value & 0xFFFF_FFFF
    switch option {
    case "--set-mark": clear |= flip
    case "--set-xmark": break
    case "--and-mark": (clear, flip) = (~value & 0xFFFF_FFFF, 0)
    case "--or-mark": (clear, flip) = (value, value)
    case "--xor-mark": (clear, flip) = (0, value)
    default:
      option = "\(isMark ? "MARK" : "CONNMARK") \(option)"
      return unknownTarget(option)
    }
    let old = Operand.field(isMark ? .mark : .connectionMark)
    statements.append(
      .assign(
        field,
        .bits(
          .xor, .bits(.and, old, .number(~clear & 0xFFFF_FFFF)), .number(flip))))
  }

  private mutating func parseCopyMark(saves: Bool) {
    var (packetMask, connectionMask) = (UInt128(0xFFFF_FFFF), UInt128(0xFFFF_FFFF))
    while let option = tokens.next() {
      guard let mask = ByteText.number(tokens.next() ?? "") else {
        return unknownTarget("CONNMARK \(option)")
      }
      switch option {
      case "--nfmask": packetMask = mask
      case "--ctmask": connectionMask = mask
      case "--mask": (packetMask, connectionMask) = (mask, mask)
      default: return unknownTarget("CONNMARK \(option)")
      }
    }
    let packet = (Operand.field(.mark), packetMask)
    let connection = (Operand.field(.connectionMark), connectionMask)
    let (from, to) = saves ? (packet, connection) : (connection, packet)
    statements.append(
      .assign(
        saves ? .connectionMark : .mark,
        .bits(
          .xor, .bits(.and, to.0, .number(~to.1 & 0xFFFF_FFFF)),
          .bits(.and, from.0, .number(from.1)))))
  }

  private mutating func parseConnectionTarget() {
    while let option = tokens.next() {
      switch option {
      case "--notrack": statements.append(.leaveUntracked)
      case "--helper":
        tokens.skip()
        statements.append(.assign(.connectionHelper, .number(1)))
      case "--zone", "--zone-orig", "--zone-reply":
        let number = ByteText.number(tokens.next() ?? "")
        let zone = option == "--zone" ? number : nil
        statements.append(
          .assign(
            .connectionZone,
            zone.map { Operand.number($0) } ?? .doubt(.notUnderstood("CT \(option)"))))
      case "--ctevents", "--expevents", "--timeout": tokens.skip()
      default: return unknownTarget("CT \(option)")
      }
    }
  }
}
