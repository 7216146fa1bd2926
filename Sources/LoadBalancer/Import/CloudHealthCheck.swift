/// The members of `HealthCheck` as a document has them, legal or not; `nil` where they are null.
package struct CloudHealthCheck: Sendable, Hashable {
  package var isEnabled: Bool?
  /// As `TCP`; a word of the API that is not known here stays as it is.
  package var checkType: String?
  package var timeOut: Int?
  package var intervalTime: Int?
  package var healthNum: Int?
  package var unHealthNum: Int?
  package var httpCode: Int?
  package var httpCheckPath: String?
  package var httpCheckDomain: String?
  package var httpCheckMethod: HTTPCheckMethod?
  package var httpVersion: HTTPVersion?
  package var checkPort: UInt16?
  package var contextType: CustomCheck.ContextType?
  package var send: [UInt8]?
  package var receive: [UInt8]?
  package var sourceIPType: SourceIPType?
  package var extendedCode: GRPCCodes?

  init() {}

  /// The check that a target is probed by, its unsaid parameters assumed.
  ///
  /// - Parameter domain: the rule's forwarding domain, which a layer-7 check sends where none is named.
  func healthCheck(type: CheckType, domain: String?) -> HealthCheck {
    var check = HealthCheck()
    check.assumed = []
    func take<Value>(
      _ value: Value?, _ parameter: HealthCheck.Parameter,
      _ path: WritableKeyPath<HealthCheck, Value>
    ) {
      if let value {
        check[keyPath: path] = value
      } else if parameter.applies(to: type) {
        check.assumed.insert(parameter)
      }
    }
    take(isEnabled, .healthSwitch, \.isEnabled)
    take(timeOut, .timeOut, \.timeOut)
    take(intervalTime, .intervalTime, \.intervalTime)
    take(healthNum, .healthNum, \.healthNum)
    take(unHealthNum, .unHealthNum, \.unHealthNum)
    take(httpCode.map(HTTPCode.init(rawValue:)), .httpCode, \.httpCode)
    take(httpCheckPath, .httpCheckPath, \.httpCheckPath)
    take(httpCheckMethod, .httpCheckMethod, \.httpCheckMethod)
    take(httpVersion, .httpVersion, \.httpVersion)
    take(extendedCode, .extendedCode, \.extendedCode)
    check.httpCheckDomain = httpCheckDomain
    if httpCheckDomain == nil, HealthCheck.Parameter.httpCheckDomain.applies(to: type) {
      // A wildcard or regular expression is no name that could be sent.
      check.httpCheckDomain = domain.flatMap { HealthCheck.isDomain($0) ? $0 : nil }
      check.assumed.insert(.httpCheckDomain)
    }
    check.sourceIPType = sourceIPType
    if sourceIPType == nil { check.assumed.insert(.sourceIPType) }
    if checkType == nil { check.assumed.insert(.checkType) }
    if type == .custom {
      check.custom = CustomCheck(
        contextType: contextType ?? .text, send: send ?? [], receive: receive ?? [])
      if contextType == nil { check.assumed.insert(.contextType) }
    }
    return check
  }
}
