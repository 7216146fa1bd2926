extension HealthCheck {
  /// The parameters of a health check, by their names in the API's `HealthCheck`.
  package enum Parameter: String, Sendable, Hashable, Codable, CaseIterable {
    case healthSwitch = "HealthSwitch"
    case checkType = "CheckType"
    case timeOut = "TimeOut"
    case intervalTime = "IntervalTime"
    case healthNum = "HealthNum"
    case unHealthNum = "UnHealthNum"
    case httpCode = "HttpCode"
    case httpCheckPath = "HttpCheckPath"
    case httpCheckDomain = "HttpCheckDomain"
    case httpCheckMethod = "HttpCheckMethod"
    case httpVersion = "HttpVersion"
    case checkPort = "CheckPort"
    case contextType = "ContextType"
    case sendContext = "SendContext"
    case recvContext = "RecvContext"
    case extendedCode = "ExtendedCode"
    case sourceIPType = "SourceIpType"

    /// Those whose default changes what is probed or what counts as healthy.
    package static let withDefaults: Set<Parameter> = [
      .timeOut, .intervalTime, .healthNum, .unHealthNum, .httpCode, .httpCheckPath,
      .httpCheckDomain, .httpCheckMethod, .httpVersion, .extendedCode, .sourceIPType,
    ]

    /// Whether a check of this kind looks at the parameter.
    package func applies(to type: CheckType) -> Bool {
      switch self {
      case .healthSwitch, .checkType, .timeOut, .intervalTime, .healthNum, .unHealthNum, .checkPort,
        .sourceIPType:
        true
      case .httpCode, .httpCheckMethod, .httpVersion: type == .http || type == .https
      case .httpCheckPath, .httpCheckDomain: type == .http || type == .https || type == .grpc
      case .contextType, .sendContext, .recvContext: type == .custom
      case .extendedCode: type == .grpc
      }
    }
  }
}
