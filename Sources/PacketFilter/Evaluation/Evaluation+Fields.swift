import Addressing

extension Evaluation {
  /// The value of a field for all packets of a header; fields that differ from source to source are not asked here.
  func value(of field: Field, _ header: Header) -> FieldValue {
    let isRequest = header.role == .request
    switch field {
    case .sourceAddress(let wanted):
      return wanted == family ? source(header) : .absent
    case .destinationAddress(let wanted):
      guard wanted == family else { return .absent }
      return isRequest ? .number(header.destination) : peer(header)
    case .sourcePort(let wanted), .destinationPort(let wanted):
      return port(wanted, isSource: field == .sourcePort(wanted), header)
    case .headerPort(let isSource), .setPort(let isSource):
      return port(isSource: isSource, isOfSet: field == .setPort(isSource: isSource), header)
    case .transportProtocol(let wanted):
      guard wanted == nil || wanted == family else { return .absent }
      return .number(UInt128(transport(of: header.role).rawValue))
    case .networkFamily: return .number(family == .ipv4 ? 2 : 10)
    case .etherType: return .number(family == .ipv4 ? 0x0800 : 0x86DD)
    case .etherHeaderType:
      return isRequest ? .number(family == .ipv4 ? 0x0800 : 0x86DD) : .absent
    case .version(let wanted): return wanted == family ? .number(wanted == .ipv4 ? 4 : 6) : .absent
    case .inInterface, .inIndex: return .name(isRequest ? question.inInterface : "")
    case .outInterface, .outIndex: return outInterface(header)
    case .mark: return partial(header.mark)
    case .tcpFlags: return tcpFlags(header)
    case .icmpType(let wanted): return icmp(wanted, header, isType: true)
    case .icmpCode(let wanted): return icmp(wanted, header, isType: false)
    case .packetLength: return packetLength
    case .timeToLive(let wanted):
      return wanted == family ? .between(1, 255, .notUnderstood("time to live")) : .absent
    case .fragmentOffset:
      var number = PartialNumber(unknown: .notUnderstood("don't-fragment bit"))
      number.unknown = 0x4000
      return .partial(number)
    case .packetKind: return .number(0)
    case .socketOwner: return socketOwner(header)
    case .addressKind, .reversePath: return .unknown(.notUnderstood("fib"))
    default: return connectionValue(of: field, header)
    }
  }

  private func partial(_ number: PartialNumber) -> FieldValue {
    number.unknown == 0 ? .number(UInt128(number.value)) : .partial(number)
  }

  private func source(_ header: Header) -> FieldValue {
    guard header.role == .request else {
      if case .refusal(let kind) = header.role, kind != .tcpReset, hasOwnSource(header) {
        return .unknown(.notUnderstood("source of an ICMP error"))
      }
      return local(header.destination, question.destination.number, header)
    }
    switch header.source {
    case .original: return .sources(mask: .max)
    case .translated(let number): return .number(number)
    case .unknown: return .unknown(.notUnderstood("translated source"))
    }
  }

  /// Whether an ICMP error may come from another address than the one that the request was for.
  private func hasOwnSource(_ header: Header) -> Bool {
    switch header.refusedAt {
    case .device: return false
    case .unrouted:
      let preferred = host.onlyAddress(of: header.outInterface, family)
      return preferred?.number != question.destination.number
    case .routed:
      return header.wasForwarded
        || host.knowsAddresses && destinationKind(header.destination) != .local
    }
  }

  /// An address or port of this host in an answer, which is translated back on its way out.
  private func local(_ translated: UInt128, _ asked: UInt128, _ header: Header) -> FieldValue {
    guard translated != asked else { return .number(asked) }
    switch position.hook {
    case .egress: return .number(asked)
    case .postrouting where position.priority == 100:
      return .unknown(.notUnderstood("order of chains at the priority of source translation"))
    case .postrouting where position.priority > 100: return .number(asked)
    default: return .number(translated)
    }
  }

  /// The address that an answer goes to.
  private func peer(_ header: Header) -> FieldValue {
    // Before priority -100 of output it still bears the source that input gave the request.
    header.isSourceTranslated && position.hook == .output && position.priority <= -100
      ? .unknown(.notUnderstood("translated source")) : .sources(mask: .max)
  }

  private func port(
    _ wanted: TransportProtocol?, isSource: Bool, _ header: Header
  ) -> FieldValue {
    let transport = transport(of: header.role)
    guard transport.hasPorts, wanted == nil || wanted == transport else { return .absent }
    guard isSource == (header.role == .request) else {
      let number = UInt128(header.destinationPort)
      return header.role == .request
        ? .number(number) : local(number, UInt128(question.port ?? 0), header)
    }
    return header.isSourceTranslated && header.role == .request
      ? .unknown(.notUnderstood("translated source port")) : .ports
  }

  /// What stands where a transport header has a port: of ICMP the type and code, and the checksum.
  private func port(isSource: Bool, isOfSet: Bool, _ header: Header) -> FieldValue {
    guard !transport(of: header.role).hasPorts else {
      return port(nil, isSource: isSource, header)
    }
    guard isSource || isOfSet else {
      return .between(0, 65535, .notUnderstood("checksum of an ICMP packet"))
    }
    guard case .number(let type) = icmp(family, header, isType: true),
      case .number(let code) = icmp(family, header, isType: false)
    else { return .absent }
    return .number(type << 8 | code)
  }

  private func outInterface(_ header: Header) -> FieldValue {
    switch position.hook {
    case .ingress, .prerouting, .input: return .name("")
    default:
      return header.outInterface.isEmpty
        ? .unknown(.notUnderstood("route of the packet")) : .name(header.outInterface)
    }
  }

  private func tcpFlags(_ header: Header) -> FieldValue {
    guard transport(of: header.role) == .tcp else { return .absent }
    switch header.role {
    case .request: return .number(0x02)
    case .answer: return .number(0x12)
    case .refusal: return .number(0x14)
    }
  }

  private func icmp(_ wanted: IPAddress.Family, _ header: Header, isType: Bool) -> FieldValue {
    let transport = transport(of: header.role)
    guard wanted == family, transport == .icmp || transport == .icmp6 else { return .absent }
    switch header.role {
    case .request: return .number(isType ? (family == .ipv4 ? 8 : 128) : 0)
    case .answer: return .number(isType ? (family == .ipv4 ? 0 : 129) : 0)
    case .refusal(let kind):
      guard case .icmp(let type, let code, _) = kind else { return .absent }
      return .number(UInt128(isType ? type : code))
    }
  }

  /// A SYN carries at most 40 bytes of options behind headers of 40 (IPv6: 60) bytes.
  private var packetLength: FieldValue {
    let header: UInt128 = family == .ipv4 ? 20 : 40
    let doubt = Doubt.notUnderstood("length of the packet")
    return question.transport == .tcp
      ? .between(header + 20, header + 60, doubt) : .between(header + 8, 65535, doubt)
  }

  /// A packet that the kernel makes by itself, or that came from outside, has no owner.
  private func socketOwner(_ header: Header) -> FieldValue {
    header.role == .answer && question.transport != .icmp
      ? .unknown(.notUnderstood("owner of the service's socket")) : .absent
  }

  /// What the kernel keeps of the connection.
  private func connectionValue(of field: Field, _ header: Header) -> FieldValue {
    if field == .connectionState { return connectionState(header) }
    guard let state = header.state, state != .untracked, state != .invalid else { return .absent }
    let isOpening = header.role == .request || state == .new
    switch field {
    case .connectionStatus: return connectionStatus(header)
    case .connectionDirection: return .number(isOpening ? 0 : 1)
    case .connectionMark: return partial(header.connectionMark)
    case .connectionZone: return partial(header.zone)
    case .connectionFamily: return .number(family == .ipv4 ? 2 : 10)
    case .connectionProtocol: return .number(UInt128(transport(of: .request).rawValue))
    case .connectionHelper:
      return header.hasHelper ? .unknown(.notUnderstood("ct helper")) : .absent
    case .original(let end): return original(end)
    case .answer(let end): return reply(end, header)
    default: return .unknown(.notUnderstood("\(field)"))
    }
  }

  private func connectionState(_ header: Header) -> FieldValue {
    if let state = header.state { return .number(state.rawValue) }
    // At the lookup's own priority the order is that of registration, which no listing tells.
    if position.priority == BaseHook.connectionTracking {
      return .unknown(.notUnderstood("connection state at priority -200"))
    }
    return .number(ConnectionState.invalid.rawValue)
  }

  private func connectionStatus(_ header: Header) -> FieldValue {
    var bits = UInt128(0)
    if header.role == .answer, !header.wasUntracked {
      bits |= ConnectionStatus.confirmed | ConnectionStatus.seenReply
    }
    if isRedirected(header) { bits |= ConnectionStatus.destinationTranslated }
    var number = PartialNumber(unknown: .notUnderstood("ct status"))
    // Whether the translations are done depends on which of their hooks are registered.
    number.unknown = 0x180
    // A source that is translated to itself does not count.
    if header.isSourceTranslated {
      number.unknown |= UInt32(ConnectionStatus.sourceTranslated)
      if case .translated(let source) = header.source, !question.sources.numbers.contains(source) {
        number.unknown = 0x180
        bits |= ConnectionStatus.sourceTranslated
      }
    }
    number.value = UInt32(truncatingIfNeeded: bits)
    return .partial(number)
  }

  private func original(_ end: Field.ConnectionField) -> FieldValue {
    switch end {
    case .source: .sources(mask: .max)
    case .destination: .number(question.destination.number)
    case .sourcePort: question.port == nil ? .unknown(.notUnderstood("ct proto-src")) : .ports
    case .destinationPort:
      question.port.map { .number(UInt128($0)) } ?? .unknown(.notUnderstood("ct proto-dst"))
    }
  }

  private func reply(_ end: Field.ConnectionField, _ header: Header) -> FieldValue {
    if header.isSourceTranslated { return .unknown(.notUnderstood("ct reply")) }
    switch end {
    case .source: return .number(header.destination)
    case .destination: return .sources(mask: .max)
    case .sourcePort:
      return question.port == nil
        ? .unknown(.notUnderstood("ct reply proto-src")) : .number(UInt128(header.destinationPort))
    case .destinationPort:
      return question.port == nil ? .unknown(.notUnderstood("ct reply proto-dst")) : .ports
    }
  }
}
