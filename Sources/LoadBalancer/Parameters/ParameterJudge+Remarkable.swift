extension ParameterJudge {
  /// Seconds beyond which a value is far from its default; Tencent itself advises an IntervalTime of up to 15.
  ///
  /// Source: https://www.tencentcloud.com/document/product/214/38451 .
  private static let longInterval = 15
  /// More than twice the default.
  private static let longTimeOut = 5
  private static let manyResults = 6

  /// What is legal and yet hides or causes faults.
  var remarkable: [ParameterIssue] {
    [
      timeOutAgainstInterval, timeOut, intervalTime, healthNum, unHealthNum, mask, missingDomain,
      dynamicPath, checkPort,
    ].compactMap(\.self)
  }

  private var timeOutAgainstInterval: ParameterIssue? {
    guard isKnown(.timeOut), isKnown(.intervalTime), check.timeOut >= check.intervalTime else {
      return nil
    }
    return ParameterIssue(
      .timeOutNotBelowInterval(intervalTime: check.intervalTime), .timeOut,
      value: "\(check.timeOut)", legal: "less than IntervalTime, \(check.intervalTime)",
      recommended: "2")
  }

  private var window: HealthWindow { HealthWindow(target) }

  private var timeOut: ParameterIssue? {
    guard isKnown(.timeOut), check.timeOut > Self.longTimeOut else { return nil }
    return far(.timeOut, check.timeOut, 2, .waitsLong(seconds: check.timeOut))
  }

  private var intervalTime: ParameterIssue? {
    guard isKnown(.intervalTime) else { return nil }
    if check.intervalTime > Self.longInterval {
      return far(
        .intervalTime, check.intervalTime, 5,
        .noticesLate(seconds: window.secondsToUnhealthy.upperBound))
    }
    guard limits.intervalTime.contains(check.intervalTime), check.intervalTime < 5 else {
      return nil
    }
    return far(
      .intervalTime, check.intervalTime, 5, .probesOften(perMinute: 60 / check.intervalTime))
  }

  private var healthNum: ParameterIssue? {
    guard isKnown(.healthNum), check.healthNum > Self.manyResults else { return nil }
    return far(
      .healthNum, check.healthNum, 3, .returnsLate(seconds: window.secondsToHealthy.upperBound))
  }

  private var unHealthNum: ParameterIssue? {
    guard isKnown(.unHealthNum) else { return nil }
    if check.unHealthNum > Self.manyResults {
      return far(
        .unHealthNum, check.unHealthNum, 3,
        .noticesLate(seconds: window.secondsToUnhealthy.upperBound))
    }
    guard check.unHealthNum == ParameterLimits.counts.lowerBound else { return nil }
    return far(
      .unHealthNum, check.unHealthNum, 3,
      .flaps(failures: check.unHealthNum, seconds: window.secondsToUnhealthy.upperBound))
  }

  private func far(
    _ parameter: HealthCheck.Parameter, _ value: Int, _ recommended: Int,
    _ consequence: ParameterIssue.Consequence
  ) -> ParameterIssue {
    ParameterIssue(
      .farFromDefault(consequence), parameter, value: "\(value)", recommended: "\(recommended)")
  }

  private var mask: ParameterIssue? {
    let hidden = check.httpCode.intersection([.clientError, .serverError])
    guard isKnown(.httpCode), !hidden.isEmpty else { return nil }
    let kept = check.httpCode.subtracting(hidden)
    return ParameterIssue(
      .maskHidesErrors(hidden), .httpCode, value: "\(check.httpCode.rawValue)",
      recommended: "\((kept.isEmpty ? .successful : kept).rawValue)")
  }

  private var missingDomain: ParameterIssue? {
    guard HealthCheck.Parameter.httpCheckDomain.applies(to: target.checkType),
      check.httpCheckDomain == nil, target.listener != nil
    else { return nil }
    if let forwarding = target.listener?.domain {
      return ParameterIssue(.noFixedDomain(forwarding: forwarding), .httpCheckDomain, value: "")
    }
    guard target.checkType == .http, isKnown(.httpVersion), check.httpVersion == .http11 else {
      return nil
    }
    return ParameterIssue(.noDomain, .httpCheckDomain, value: "")
  }

  private var dynamicPath: ParameterIssue? {
    guard isKnown(.httpCheckPath), let mark = Self.dynamicMark(check.httpCheckPath) else {
      return nil
    }
    return ParameterIssue(.dynamicPath(mark: mark), .httpCheckPath, value: check.httpCheckPath)
  }

  /// What in a path tells of a page that is computed: its query, or the ending of a scripting language.
  static func dynamicMark(_ path: String) -> String? {
    guard let file = path.split(separator: "?", omittingEmptySubsequences: false).first else {
      return nil
    }
    if file.utf8.count < path.utf8.count { return "?" }
    let name = file.split(separator: "/").last?.lowercased() ?? ""
    return [".php", ".jsp", ".jspx", ".asp", ".aspx", ".cgi", ".do", ".action", ".py", ".pl"]
      .first { name.hasSuffix($0) }
  }

  private var checkPort: ParameterIssue? {
    guard let backend = target.servicePort else { return nil }
    return ParameterIssue(
      .checkPortDiffers(backendPort: backend), .checkPort, value: "\(target.port)",
      recommended: "-1")
  }
}
