/// Judges the parameters of a target's health check; assumed ones are not the listener's and not judged.
package struct ParameterJudge {
  let target: Target
  let limits: ParameterLimits
  let check: HealthCheck

  /// What is wrong or remarkable, illegal values first, in the order of the parameters.
  package static func issues(of target: Target) -> [ParameterIssue] {
    let judge = ParameterJudge(target)
    guard target.healthCheck.isEnabled else {
      return [ParameterIssue(.disabled, .healthSwitch, value: "0", recommended: "1")]
    }
    let order = HealthCheck.Parameter.allCases
    let issues = judge.illegal + judge.remarkable
    return issues.enumerated().sorted { left, right in
      let ranks = [left, right].map { item in
        (item.element.legal == nil ? 1 : 0, order.firstIndex(of: item.element.parameter) ?? 0)
      }
      return (ranks[0].0, ranks[0].1, left.offset) < (ranks[1].0, ranks[1].1, right.offset)
    }.map(\.element)
  }

  init(_ target: Target) {
    self.target = target
    limits = ParameterLimits(target)
    check = target.healthCheck
  }

  private var illegal: [ParameterIssue] {
    let type = target.checkType
    return [
      limits.checkTypes.contains(type)
        ? nil
        : ParameterIssue(
          .illegal, .checkType, value: type.rawValue,
          legal: limits.checkTypes.map(\.rawValue).joined(separator: ", "),
          recommended: limits.checkTypes.first?.rawValue),
      outside(ParameterLimits.timeOut, .timeOut, check.timeOut, recommended: 2),
      outside(limits.intervalTime, .intervalTime, check.intervalTime, recommended: 5),
      outside(ParameterLimits.counts, .healthNum, check.healthNum, recommended: 3),
      outside(ParameterLimits.counts, .unHealthNum, check.unHealthNum, recommended: 3),
      outside(ParameterLimits.httpCode, .httpCode, check.httpCode.rawValue, recommended: 6),
      path, domain, version,
      context(.sendContext, check.custom?.send), context(.recvContext, check.custom?.receive),
    ].compactMap(\.self)
  }

  /// Whether the listener surely has this value.
  func isKnown(_ parameter: HealthCheck.Parameter) -> Bool {
    parameter.applies(to: target.checkType) && !check.assumed.contains(parameter)
  }

  private func outside(
    _ range: ClosedRange<Int>, _ parameter: HealthCheck.Parameter, _ value: Int, recommended: Int
  ) -> ParameterIssue? {
    guard isKnown(parameter), !range.contains(value) else { return nil }
    return ParameterIssue(
      .illegal, parameter, value: "\(value)", legal: "\(range.lowerBound)-\(range.upperBound)",
      recommended: "\(recommended)")
  }

  private var path: ParameterIssue? {
    guard isKnown(.httpCheckPath), !Self.isPath(check.httpCheckPath) else { return nil }
    return ParameterIssue(
      .illegal, .httpCheckPath, value: check.httpCheckPath,
      legal: "1-200 of a-z A-Z 0-9 . - _ / = ?, the first a /", recommended: "/")
  }

  private static func isPath(_ text: String) -> Bool {
    text.first == "/" && ParameterLimits.pathLength.contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy { scalar in
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar) || ".-_/=?".unicodeScalars.contains(scalar)
      }
  }

  private var domain: ParameterIssue? {
    guard isKnown(.httpCheckDomain), let domain = check.httpCheckDomain,
      !HealthCheck.isDomain(domain)
    else { return nil }
    return ParameterIssue(
      .illegal, .httpCheckDomain, value: domain, legal: "1-80 of a-z 0-9 . -, without a wildcard")
  }

  /// A TCP_SSL listener's check speaks HTTP/1.1 only.
  private var version: ParameterIssue? {
    guard isKnown(.httpVersion), target.listener?.listenerProtocol == .tcpSSL,
      check.httpVersion == .http10
    else { return nil }
    return ParameterIssue(
      .illegal, .httpVersion, value: HTTPVersion.http10.rawValue,
      legal: HTTPVersion.http11.rawValue, recommended: HTTPVersion.http11.rawValue)
  }

  private func context(
    _ parameter: HealthCheck.Parameter, _ bytes: [UInt8]?
  ) -> ParameterIssue? {
    guard let custom = check.custom, let bytes else { return nil }
    let text = custom.written(bytes)
    guard
      !ParameterLimits.contextLength.contains(text.utf8.count)
        || !text.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else { return nil }
    return ParameterIssue(
      .illegal, parameter, value: text, legal: "at most 500 visible ASCII characters")
  }
}
