import Host

/// The lines of one rule, gathered by their labels.
struct RuleBlock {
  private let name: String
  private let first: ConsoleText.Line
  private var lines: [String]
  private var fields: [Label: Field] = [:]
  private var messages: [FirewallRule.ICMPMessage] = []
  private var unknown: [String] = []
  private var current: Label?
  private var hasRule = false

  private struct Field {
    var value: String
    var line: ConsoleText.Line
  }

  /// The labels of netsh.
  private enum Label: String {
    case description = "Description"
    case enabled = "Enabled"
    case direction = "Direction"
    case profiles = "Profiles"
    case grouping = "Grouping"
    case localIP = "LocalIP"
    case remoteIP = "RemoteIP"
    case transport = "Protocol"
    case localPort = "LocalPort"
    case remotePort = "RemotePort"
    case edge = "Edge traversal"
    case program = "Program"
    case service = "Service"
    case interfaceTypes = "InterfaceTypes"
    case security = "Security"
    case source = "Rule source"
    case action = "Action"
  }

  init(name: String, line: ConsoleText.Line) {
    self.name = name
    first = line
    lines = [line.text]
  }

  /// The name, if the line begins a rule.
  static func name(_ line: ConsoleText.Line) -> String? {
    let label = "Rule Name:"
    guard line.text.hasPrefix(label) else { return nil }
    return String(trimmedBlanks(line.text.dropFirst(label.count)))
  }

  mutating func take(_ line: ConsoleText.Line) throws(ParseFailure) {
    lines.append(line.text)
    guard hasRule else {
      guard line.trimmed.allSatisfy({ $0 == "-" }) else {
        throw ParseFailure(
          line: line.number, found: line.text,
          expected: "a line of dashes below \"Rule Name:\"")
      }
      hasRule = true
      return
    }
    if let colon = line.text.firstIndex(of: ":"),
      let label = Label(rawValue: String(line.text[..<colon]))
    {
      try begin(label, line.text[line.text.index(after: colon)...], line)
    } else if line.text.first == " " || line.text.first == "\t" {
      try resume(line)
    } else if current == .description {
      fields[.description]?.value += "\n" + line.text
    } else if line.text.contains(":") {
      unknown.append(String(line.trimmed))
      current = nil
    } else {
      throw .notEnglish(line, expected: "a label as \"Enabled:\"")
    }
  }

  private mutating func begin(
    _ label: Label, _ value: Substring, _ line: ConsoleText.Line
  ) throws(ParseFailure) {
    let field = Field(value: String(trimmedBlanks(value)), line: line)
    guard fields.updateValue(field, forKey: label) == nil else {
      throw ParseFailure(
        line: line.number, found: String(line.trimmed),
        expected: "\(label.rawValue) once in a rule")
    }
    current = label
  }

  /// A line without a label belongs to the one before: ICMP's types, or more of a list.
  private mutating func resume(_ line: ConsoleText.Line) throws(ParseFailure) {
    switch current {
    case .transport:
      if line.words == ["Type", "Code"] { return }
      guard line.words.count == 2, let type = Self.icmp(line.words[0]),
        let code = Self.icmp(line.words[1])
      else {
        throw .notEnglish(line, expected: "a type and a code of ICMP")
      }
      messages.append(FirewallRule.ICMPMessage(type: type, code: code))
    case .localIP?, .remoteIP?, .localPort?, .remotePort?:
      if let current { fields[current]?.value += ",\(line.trimmed)" }
    case .description?: fields[.description]?.value += "\n\(line.trimmed)"
    default:
      throw .notEnglish(line, expected: "a label as \"Enabled:\"")
    }
  }

  /// A number, or any; the outer `nil` for what is neither.
  private static func icmp(_ word: Substring) -> UInt8?? {
    if word == "Any" { return .some(nil) }
    return UInt8(word).map { .some($0) }
  }
}

extension RuleBlock {
  /// The rule, once its last line was taken.
  func rule() throws(ParseFailure) -> FirewallRule {
    var rule = FirewallRule(
      name: name, action: try word(.action, FirewallRule.Action.init(rawValue:)))
    rule.text = lines.joined(separator: "\n")
    rule.isEnabled = try word(.enabled) { ["Yes": true, "No": false][$0] }
    rule.direction = try word(.direction, FirewallRule.Direction.init(rawValue:))
    rule.profiles = try profiles()
    rule.localAddresses = try list(.localIP, AddressTerm.init(parsing:))
    rule.remoteAddresses = try list(.remoteIP, AddressTerm.init(parsing:))
    rule.transport = FirewallProtocol(parsing: try value(.transport).value)
    if fields[.localPort] != nil { rule.localPorts = try list(.localPort, PortTerm.init(parsing:)) }
    if fields[.remotePort] != nil {
      rule.remotePorts = try list(.remotePort, PortTerm.init(parsing:))
    }
    rule.messages = messages
    rule.program = limit(.program)
    rule.service = limit(.service)
    rule.interfaceTypes =
      limit(.interfaceTypes)?.split(separator: ",").map {
        String(trimmedBlanks($0))
      } ?? []
    rule.needsAuthentication = fields[.security].map { $0.value != "NotRequired" } ?? false
    rule.isFromGroupPolicy = fields[.source]?.value.hasPrefix("Group Policy") ?? false
    rule.unknownFields = unknown
    rule.isListedWhole = fields[.interfaceTypes] != nil && fields[.security] != nil
    rule.package = package(rule)
    return rule
  }

  /// Rules of app packages come in a group, let in all protocols, and name no program.
  private func package(_ rule: FirewallRule) -> FirewallRule.PackageLimit {
    if name.hasPrefix("@{") { return .certain }
    let isGrouped = fields[.grouping]?.value.isEmpty == false
    let isForAll = rule.transport == .any && rule.program == nil && rule.service == nil
    return isGrouped && isForAll && rule.action == .allow ? .possible : .none
  }

  private func value(_ label: Label) throws(ParseFailure) -> Field {
    guard let field = fields[label] else {
      throw .notEnglish(first, expected: "\"\(label.rawValue):\" in this rule")
    }
    return field
  }

  private func word<Value>(
    _ label: Label, _ parse: (String) -> Value?
  ) throws(ParseFailure) -> Value {
    let field = try value(label)
    guard let parsed = parse(field.value) else {
      throw .notEnglish(field.line, expected: "a word of \"\(label.rawValue):\"")
    }
    return parsed
  }

  private func list<Term>(
    _ label: Label, _ parse: (Substring) -> Term?
  ) throws(ParseFailure) -> [Term] {
    let field = try value(label)
    var terms: [Term] = []
    for part in field.value.split(separator: ",", omittingEmptySubsequences: false) {
      guard let term = parse(trimmedBlanks(part)) else {
        throw .notEnglish(field.line, expected: "entries of \"\(label.rawValue):\"")
      }
      terms.append(term)
    }
    return terms
  }

  private func profiles() throws(ParseFailure) -> Set<FirewallProfile.Kind> {
    let field = try value(.profiles)
    if field.value == "Any" { return Set(FirewallProfile.Kind.allCases) }
    return Set(try list(.profiles) { FirewallProfile.Kind(rawValue: String($0)) })
  }

  /// What limits the rule; `nil` where the field is absent or means any.
  private func limit(_ label: Label) -> String? {
    guard let value = fields[label]?.value, !value.isEmpty, value != "Any", value != "*" else {
      return nil
    }
    return value
  }
}
