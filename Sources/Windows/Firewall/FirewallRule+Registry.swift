import Host

extension FirewallRule {
  /// Parses `v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=80|…|`.
  ///
  /// Source: [MS-GPFAS] section 2.2.2.19. A field that is not known is kept as such: it may limit the
  /// rule.
  init(parsing value: RegistryValue, line: ConsoleText.Line) throws(ParseFailure) {
    let parts = value.data.split(separator: "|", omittingEmptySubsequences: false)
    guard let version = parts.first, version.first == "v", parts.count > 1, parts.last == "" else {
      throw ParseFailure(
        line: line.number, found: value.data, expected: "fields as v2.30|Action=Allow|…|")
    }
    self.init(name: value.name, action: .allow)
    identifier = value.name
    text = line.text
    var fields = RuleFields()
    for part in parts.dropFirst().dropLast() {
      guard let equals = part.firstIndex(of: "="),
        fields.take(String(part[..<equals]), part[part.index(after: equals)...])
      else {
        throw ParseFailure(
          line: line.number, found: String(part), expected: "a field of a firewall rule")
      }
    }
    guard fields.apply(to: &self) else {
      throw ParseFailure(
        line: line.number, found: value.data, expected: "Action, Active and Dir in a rule")
    }
  }
}

/// The fields of one rule, some of which can stand several times.
private struct RuleFields {
  private var action: FirewallRule.Action?
  private var isActive: Bool?
  private var direction: FirewallRule.Direction?
  private var name: String?
  private var transport: FirewallProtocol?
  private var profiles: Set<FirewallProfile.Kind> = []
  private var local: [AddressTerm] = []
  private var remote: [AddressTerm] = []
  private var localPorts: [PortTerm] = []
  private var remotePorts: [PortTerm] = []
  private var messages: [FirewallRule.ICMPMessage] = []
  private var interfaceTypes: [String] = []
  private var program: String?
  private var service: String?
  private var needsAuthentication = false
  private var isOfPackage = false
  private var unknown: [String] = []

  /// Takes one field; `false` for a value that its field cannot have.
  mutating func take(_ label: String, _ value: Substring) -> Bool {
    switch label {
    case "Action":
      action = ["Allow": .allow, "Block": .block, "ByPass": .bypass, "Bypass": .bypass][value]
      return action != nil
    case "Active":
      isActive = ["TRUE": true, "FALSE": false][value]
      return isActive != nil
    case "Dir":
      direction = FirewallRule.Direction(rawValue: String(value))
      return direction != nil
    case "Protocol":
      transport = UInt8(value).map { .number($0) } ?? (value == "256" ? .any : nil)
      return transport != nil
    case "Profile":
      guard let profile = FirewallProfile.Kind(rawValue: String(value)) else { return false }
      profiles.insert(profile)
    case "LA4", "LA6": return add(value, to: &local)
    case "RA4", "RA6", "RA42", "RA62": return add(value, to: &remote)
    case "LPort", "LPort2_10": return add(value, to: &localPorts)
    case "RPort", "RPort2_10": return add(value, to: &remotePorts)
    case "ICMP4", "ICMP6": return addMessage(value)
    case "IFType": interfaceTypes.append(value == "RemoteAccess" ? "RAS" : String(value))
    case "App": program = String(value)
    case "Svc": service = value == "*" ? nil : String(value)
    case "Name": name = String(value)
    case "Security", "Security2", "Security2_9": needsAuthentication = true
    case "AppPkgId", "PFN", "LUOwn": isOfPackage = true
    case "Desc", "EmbedCtxt", "Edge", "Defer": break
    default: unknown.append("\(label)=\(value)")
    }
    return true
  }

  private func add(_ value: Substring, to terms: inout [AddressTerm]) -> Bool {
    guard let term = AddressTerm(parsing: value) else { return false }
    terms.append(term)
    return true
  }

  private func add(_ value: Substring, to terms: inout [PortTerm]) -> Bool {
    guard let term = PortTerm(parsing: value) else { return false }
    terms.append(term)
    return true
  }

  /// `8:*`, `3:4`.
  private mutating func addMessage(_ value: Substring) -> Bool {
    let parts = value.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    let numbers = parts.map { UInt8($0) }
    guard zip(parts, numbers).allSatisfy({ $0 == "*" || $1 != nil }) else { return false }
    messages.append(FirewallRule.ICMPMessage(type: numbers[0], code: numbers[1]))
    return true
  }

  /// Fills the rule; `false` where a field is missing that every rule has.
  func apply(to rule: inout FirewallRule) -> Bool {
    guard let action, let isActive, let direction else { return false }
    rule.action = action
    rule.isEnabled = isActive
    rule.direction = direction
    rule.name = name ?? rule.name
    rule.transport = transport ?? .any
    if !profiles.isEmpty { rule.profiles = profiles }
    if !local.isEmpty { rule.localAddresses = local }
    if !remote.isEmpty { rule.remoteAddresses = remote }
    if !localPorts.isEmpty { rule.localPorts = localPorts }
    if !remotePorts.isEmpty { rule.remotePorts = remotePorts }
    rule.messages = messages
    rule.interfaceTypes = interfaceTypes
    rule.program = program
    rule.service = service
    rule.needsAuthentication = needsAuthentication
    rule.package = isOfPackage ? .certain : .none
    rule.unknownFields = unknown
    return true
  }
}
