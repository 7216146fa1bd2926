import Addressing

/// Which of a question's sources a rule takes.
struct RuleMatch {
  /// Those it takes.
  var certain: AddressSet
  /// Those that it takes, or may take.
  var possible: AddressSet
  /// Why it only may.
  var doubts: [String] = []

  /// - Parameter rule: an inbound rule; whether it is enabled and of the profile is not asked here.
  init(_ rule: FirewallRule, _ question: FirewallQuestion) {
    let none = AddressSet(family: question.sources.family, numbers: IntervalSet())
    certain = none
    possible = none
    var doubts: [String] = []
    for criterion in [
      Self.transport(rule, question), Self.ports(rule, question), Self.local(rule, question),
      Self.program(rule, question), Self.service(rule, question),
      Self.interface(rule, question), Self.identity(rule), Self.listing(rule),
      Self.package(rule, question), Self.unknownFields(rule),
    ] {
      switch criterion {
      case .met: continue
      case .notMet: return
      case .open(let doubt): doubts.append(doubt)
      }
    }
    let remote = AddressMatch(rule.remoteAddresses, question)
    possible = remote.possible.intersection(question.sources)
    certain = doubts.isEmpty ? remote.certain.intersection(question.sources) : none
    self.doubts = doubts + remote.doubts
  }

  private enum Criterion {
    case met, notMet
    case open(String)

    init(_ isMet: Bool) { self = isMet ? .met : .notMet }
  }

  private static func transport(_ rule: FirewallRule, _ question: FirewallQuestion) -> Criterion {
    switch (rule.transport, question.packet) {
    case (.any, _): return .met
    case (.unknown(let name), _): return .open("Protocol \(name)")
    case (.tcp, .tcp), (.udp, .udp): return .met
    case (let transport, .echoRequest):
      let isIPv4 = question.destination.family == .ipv4
      guard transport == (isIPv4 ? .icmpv4 : .icmpv6) else { return .notMet }
      let echo: UInt8 = isIPv4 ? 8 : 128
      return Criterion(
        rule.messages.isEmpty
          || rule.messages.contains {
            ($0.type ?? echo) == echo && ($0.code ?? 0) == 0
          })
    case (.number, _): return .notMet
    }
  }

  private static func ports(_ rule: FirewallRule, _ question: FirewallQuestion) -> Criterion {
    guard let port = question.packet.port else { return .met }
    var doubt: String?
    var isMet = false
    for term in rule.localPorts {
      switch term {
      case .any: isMet = true
      case .ports(let range): isMet = isMet || (range.low...range.high).contains(port)
      case .keyword(let word):
        switch portMeaning(word, port, question.packet) {
        case .met: isMet = true
        case .notMet: continue
        case .open(let why): doubt = why
        }
      }
    }
    guard isMet || doubt != nil else { return .notMet }
    let isAnyRemote = rule.remotePorts.contains { term in
      if case .ports(let range) = term { return range.low <= 1024 && range.high == .max }
      return term == .any
    }
    if !isAnyRemote { return .open("RemotePort, for a probe's source port is not known") }
    return isMet ? .met : .open(doubt ?? "LocalPort")
  }

  /// Words for ports. Those of RPC are given out by Windows, and never below 1024.
  ///
  /// Source: https://learn.microsoft.com/en-us/windows/win32/rpc/configuring-the-windows-registry-for-port-allocations-and-selective-binding
  private static func portMeaning(
    _ word: String, _ port: UInt16, _ packet: FirewallQuestion.Packet
  ) -> Criterion {
    let isTCP = packet == .tcp(port: port)
    switch word.lowercased() {
    case "rpc-epmap": return Criterion(isTCP && port == 135)
    case "rpc": return isTCP && port >= 1024 ? .open("LocalPort RPC") : .notMet
    case "iphttps", "iphttpsin": return isTCP && port == 443 ? .open("LocalPort \(word)") : .notMet
    case "teredo": return isTCP ? .notMet : .open("LocalPort Teredo")
    default: return .open("LocalPort \(word)")
    }
  }

  private static func local(_ rule: FirewallRule, _ question: FirewallQuestion) -> Criterion {
    let match = AddressMatch(rule.localAddresses, question)
    if match.certain.contains(question.destination) { return .met }
    guard match.possible.contains(question.destination) else { return .notMet }
    return .open(match.doubts.joined(separator: ", "))
  }

  /// ICMP is the kernel's own, and rules for it name `System`.
  private static func program(_ rule: FirewallRule, _ question: FirewallQuestion) -> Criterion {
    guard let program = rule.program else { return .met }
    if question.packet == .echoRequest { return Criterion(program.lowercased() == "system") }
    switch question.surroundings.receiver {
    case .nobody: return .open("Program, for nothing listens on the port")
    case .unknown: return .open("Program, for the receiving process is not known")
    case .process(let process):
      switch process.isProgram(program) {
      case true?: return .met
      case false?: return .notMet
      case nil: return .open("Program, for the path of process \(process.id) is not known")
      }
    }
  }

  private static func service(_ rule: FirewallRule, _ question: FirewallQuestion) -> Criterion {
    guard let service = rule.service else { return .met }
    if question.packet == .echoRequest { return .notMet }
    switch question.surroundings.receiver {
    case .nobody: return .open("Service, for nothing listens on the port")
    case .process(let process):
      guard let services = process.services else { fallthrough }
      return Criterion(services.contains { $0.lowercased() == service.lowercased() })
    case .unknown: return .open("Service, for the receiving process's services are not known")
    }
  }

  private static func interface(_ rule: FirewallRule, _ question: FirewallQuestion) -> Criterion {
    guard !rule.interfaceTypes.isEmpty else { return .met }
    guard let type = question.surroundings.interfaceType else {
      return .open("InterfaceTypes, for the destination's adapter is not known")
    }
    return Criterion(rule.interfaceTypes.contains { $0.lowercased() == type.lowercased() })
  }

  /// A CLB does not speak IPsec, so what asks for that never lets its probes in.
  private static func identity(_ rule: FirewallRule) -> Criterion {
    if rule.action == .bypass { return .notMet }
    guard rule.needsAuthentication else { return .met }
    return rule.action == .allow ? .notMet : .open("Security")
  }

  private static func listing(_ rule: FirewallRule) -> Criterion {
    rule.isListedWhole
      ? .met : .open("Program, Service and InterfaceTypes, which netsh lists with verbose alone")
  }

  /// A rule for an app package takes packets for its processes alone, which are below its folder.
  private static func package(_ rule: FirewallRule, _ question: FirewallQuestion) -> Criterion {
    switch rule.package {
    case .none: return .met
    case .possible:
      return .open("whether it is for an app package alone, which netsh does not show")
    case .certain:
      guard case .process(let process) = question.surroundings.receiver,
        question.packet != .echoRequest
      else { return question.packet == .echoRequest ? .notMet : .open("its app package") }
      if process.isSystem { return .notMet }
      guard let path = process.path?.lowercased() else { return .open("its app package") }
      let isPackage = path.contains("\\windowsapps\\") || path.contains("\\systemapps\\")
      return isPackage ? .open("its app package") : .notMet
    }
  }

  private static func unknownFields(_ rule: FirewallRule) -> Criterion {
    rule.unknownFields.first.map { .open("the field \"\($0)\"") } ?? .met
  }
}

/// What a list of a rule's addresses holds.
private struct AddressMatch {
  var certain: AddressSet
  var possible: AddressSet
  var doubts: [String] = []

  init(_ terms: [AddressTerm], _ question: FirewallQuestion) {
    let family = question.sources.family
    certain = AddressSet(family: family, numbers: IntervalSet())
    possible = certain
    for term in terms {
      switch term {
      case .any: certain = .all(of: family)
      case .addresses(let set):
        if set.family == family { certain = certain.union(set) }
      case .keyword(let word):
        let subnets = question.surroundings.localSubnets
        if word.lowercased() == "localsubnet", let subnets, subnets.family == family {
          certain = certain.union(subnets)
        } else {
          possible = .all(of: family)
          doubts.append(word)
        }
      }
    }
    possible = possible.union(certain)
  }
}
