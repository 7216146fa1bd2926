import Addressing
import JSONText

extension DocumentParser {
  /// Reads a listener of any document; each kind has a part of these members.
  mutating func parseListener() throws(JSONShapeFailure) -> CloudListener {
    let start = json.position
    var listener = CloudListener(id: "")
    guard try json.enterObject() else { throw json.failure(at: start, "a listener") }
    while let member = try json.nextMember() {
      switch member {
      case "ListenerId": listener.id = try visibleText() ?? ""
      case "Protocol": listener.protocolName = try visibleText()
      case "Port": listener.port = try port()
      case "EndPort": listener.endPort = try port()
      case "HealthCheck": listener.healthCheck = try parseHealthCheck()
      case "Targets": listener.backends = try parseBackends()
      case "Rules": listener.rules = try parseRules()
      case "TargetGroup", "TargetGroupList":
        listener.targetGroupIDs.formUnion(try parseTargetGroups())
      case "KeepaliveEnable":
        listener.keepsConnections = try json.integer(in: 0...1).map { $0 == 1 }
      case "AttrFlags": listener.isStopped = try parseFlags().contains("Stop")
      default: try json.skip()
      }
    }
    guard !listener.id.isEmpty else {
      throw json.failure(at: start, "a listener with a ListenerId")
    }
    return listener
  }

  private mutating func parseRules() throws(JSONShapeFailure) -> [CloudRule] {
    try list { parser throws(JSONShapeFailure) in try parser.parseRule() }
  }

  private mutating func parseRule() throws(JSONShapeFailure) -> CloudRule? {
    var rule = CloudRule()
    guard try json.enterObject() else { return nil }
    while let member = try json.nextMember() {
      switch member {
      case "LocationId": rule.id = try visibleText()
      case "Domain": rule.domain = try text()
      case "Url": rule.url = try text()
      case "ForwardType": rule.forwardType = try visibleText()
      case "HealthCheck": rule.healthCheck = try parseHealthCheck()
      case "Targets": rule.backends = try parseBackends()
      case "TargetGroup", "TargetGroupList":
        rule.targetGroupIDs.formUnion(try parseTargetGroups())
      default: try json.skip()
      }
    }
    return rule
  }

  private mutating func parseBackends() throws(JSONShapeFailure) -> [CloudBackend] {
    try list { parser throws(JSONShapeFailure) in try parser.parseBackend() }
  }

  private mutating func parseBackend() throws(JSONShapeFailure) -> CloudBackend? {
    var backend = CloudBackend()
    var (interfaceID, olderState): (String?, HealthState?)
    guard try json.enterObject() else { return nil }
    while let member = try json.nextMember() {
      switch member {
      case "InstanceId", "TargetId": backend.id = try visibleText() ?? backend.id
      case "EniId": interfaceID = try visibleText()
      case "PrivateIpAddresses": backend.addresses += try addresses()
      case "IP", "PrivateIp":
        if let address = try address() { backend.addresses.append(address) }
      case "Port": backend.port = try port()
      case "HealthStatusDetail": backend.state = try word(HealthState.self)
      // The API's own misspelling, which older answers have alone.
      case "HealthStatusDetial": olderState = try word(HealthState.self)
      default: try json.skip()
      }
    }
    backend.id = backend.id ?? interfaceID
    backend.state = backend.state ?? olderState
    return backend
  }

  /// Reads one target group, or a list of them.
  private mutating func parseTargetGroups() throws(JSONShapeFailure) -> [String] {
    guard json.isAtArray else { return try parseTargetGroup().map { [$0] } ?? [] }
    return try list { parser throws(JSONShapeFailure) in try parser.parseTargetGroup() }
  }

  private mutating func parseTargetGroup() throws(JSONShapeFailure) -> String? {
    var id: String?
    guard try json.enterObject() else { return nil }
    while let member = try json.nextMember() {
      if member == "TargetGroupId" { id = try visibleText() } else { try json.skip() }
    }
    return id
  }

  private mutating func parseFlags() throws(JSONShapeFailure) -> [String] {
    try list { parser throws(JSONShapeFailure) in try parser.text() }
  }
}
