import JSONText

extension DocumentParser {
  /// Reads a `HealthCheck`, its values kept as they are so long as they can mean anything.
  mutating func parseHealthCheck() throws(JSONShapeFailure) -> CloudHealthCheck? {
    var check = CloudHealthCheck()
    var contexts = Contexts()
    guard try json.enterObject() else { return nil }
    while let member = try json.nextMember() {
      switch HealthCheck.Parameter(rawValue: member) {
      case .healthSwitch: check.isEnabled = try json.integer(in: 0...1).map { $0 == 1 }
      case .checkType: check.checkType = try visibleText()
      case .timeOut: check.timeOut = try json.integer(in: HealthCheck.sensibleSeconds)
      case .intervalTime: check.intervalTime = try json.integer(in: HealthCheck.sensibleSeconds)
      case .healthNum: check.healthNum = try json.integer(in: HealthCheck.sensibleCounts)
      case .unHealthNum: check.unHealthNum = try json.integer(in: HealthCheck.sensibleCounts)
      case .httpCode: check.httpCode = try json.integer(in: 0...1023)
      case .httpCheckPath: check.httpCheckPath = try visibleText()
      case .httpCheckDomain: check.httpCheckDomain = try visibleText()
      case .httpCheckMethod: check.httpCheckMethod = try word(HTTPCheckMethod.self)
      case .httpVersion: check.httpVersion = try word(HTTPVersion.self)
      case .checkPort: check.checkPort = try port()
      case .contextType: check.contextType = try word(CustomCheck.ContextType.self)
      case .sendContext: contexts.send = try parseContext()
      case .recvContext: contexts.receive = try parseContext()
      case .sourceIPType:
        check.sourceIPType = try json.integer(in: 0...1).flatMap(SourceIPType.init(rawValue:))
      case .extendedCode: check.extendedCode = try parseCodes()
      case nil: try json.skip()
      }
    }
    check.send = try contexts.send?.bytes(check.contextType)
    check.receive = try contexts.receive?.bytes(check.contextType)
    return check
  }

  /// The contexts of a CUSTOM check, whose type may stand behind them.
  private struct Contexts {
    var send: Context?
    var receive: Context?
  }

  private struct Context {
    var text: String
    /// What is wrong with the text where it stands for hexadecimal digits.
    var notHexadecimal: JSONShapeFailure

    func bytes(_ type: CustomCheck.ContextType?) throws(JSONShapeFailure) -> [UInt8] {
      guard type == .hexadecimal else { return Array(text.utf8) }
      guard let bytes = CustomCheck.bytes(hexadecimal: text) else { throw notHexadecimal }
      return bytes
    }
  }

  private mutating func parseContext() throws(JSONShapeFailure) -> Context? {
    let start = json.position
    guard let text = try text() else { return nil }
    let failure = json.failure(at: start, "an even number of hexadecimal digits")
    return Context(text: text, notHexadecimal: failure)
  }

  private mutating func parseCodes() throws(JSONShapeFailure) -> GRPCCodes? {
    let start = json.position
    guard let text = try text() else { return nil }
    guard let codes = GRPCCodes(parsing: text) else {
      throw json.failure(at: start, "codes from 0 to 99 as 12, 20,25 or 0-99")
    }
    return codes
  }
}
