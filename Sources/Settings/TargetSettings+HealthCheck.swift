package import LoadBalancer

extension TargetSettings {
  /// The parameters that were named, and defaults marked as assumed for the others.
  package var healthCheck: HealthCheck {
    var check = HealthCheck()
    if let timeOut { check.name(.timeOut) { $0.timeOut = timeOut.value } }
    if let httpCode { check.name(.httpCode) { $0.httpCode = httpCode.value } }
    if let checkDomain { check.name(.httpCheckDomain) { $0.httpCheckDomain = checkDomain.value } }
    if let checkMethod { check.name(.httpCheckMethod) { $0.httpCheckMethod = checkMethod.value } }
    if let httpVersion { check.name(.httpVersion) { $0.httpVersion = httpVersion.value } }
    if let intervalTime { check.name(.intervalTime) { $0.intervalTime = intervalTime.value } }
    if let healthNum { check.name(.healthNum) { $0.healthNum = healthNum.value } }
    if let unHealthNum { check.name(.unHealthNum) { $0.unHealthNum = unHealthNum.value } }
    if let extendedCode { check.name(.extendedCode) { $0.extendedCode = extendedCode.value } }
    if let sourceIPType { check.name(.sourceIPType) { $0.sourceIPType = sourceIPType.value } }
    check.custom = custom
    return check
  }

  /// What a CUSTOM check exchanges; `nil` where none of its parameters was named.
  private var custom: CustomCheck? {
    guard contextType != nil || send != nil || receive != nil else { return nil }
    let type = contextType?.value ?? .text
    return CustomCheck(
      contextType: type, send: CustomCheck.bytes(of: send?.value ?? "", as: type) ?? [],
      receive: CustomCheck.bytes(of: receive?.value ?? "", as: type) ?? [])
  }
}

extension HealthCheck {
  /// Sets a parameter that somebody named.
  fileprivate mutating func name(_ parameter: Parameter, _ set: (inout HealthCheck) -> Void) {
    set(&self)
    assumed.remove(parameter)
  }
}
