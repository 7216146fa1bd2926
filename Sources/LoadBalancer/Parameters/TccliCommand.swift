/// The `tccli` command that changes parameters of a listener's or rule's health check.
///
/// Source: ModifyListener and ModifyRule of the CLB API.
package struct TccliCommand: Sendable, Hashable {
  /// Words as they reach the program, unquoted; the first is `tccli`.
  package let words: [String]

  /// A command that sets these parameters, and says the known others again.
  ///
  /// Whether a request that leaves parameters out resets them is not documented.
  ///
  /// - Returns: `nil` where the documents do not name the load balancer, or the target no listener.
  package init?(_ target: Target, setting changes: [HealthCheck.Parameter: String]) {
    guard let listener = target.listener, let owner = listener.loadBalancerID else { return nil }
    let isRule = listener.listenerProtocol.isLayer7
    guard !isRule || listener.locationID != nil else { return nil }
    var words = ["tccli", "clb", isRule ? "ModifyRule" : "ModifyListener"]
    words.append("--cli-unfold-argument")
    if let region = listener.region { words += ["--region", region] }
    words += ["--LoadBalancerId", owner, "--ListenerId", listener.listenerID]
    if isRule, let rule = listener.locationID { words += ["--LocationId", rule] }
    for parameter in HealthCheck.Parameter.allCases {
      let said = target.isSaid(parameter) ? target.written(parameter) : nil
      if let value = changes[parameter] ?? said {
        let option = "--HealthCheck.\(parameter.rawValue)"
        // tccli takes a word behind an option for the next option where it begins with a "-".
        words += value.hasPrefix("-") ? ["\(option)=\(value)"] : [option, value]
      }
    }
    self.words = words
  }

  /// The command as a shell takes it.
  package var shellText: String { words.map(ShellQuoting.quoted).joined(separator: " ") }
}

extension Target {
  /// Whether a document named the parameter.
  fileprivate func isSaid(_ parameter: HealthCheck.Parameter) -> Bool {
    parameter.applies(to: checkType) && !healthCheck.assumed.contains(parameter)
  }

  /// A parameter's value as the API writes it; `nil` where it has none.
  package func written(_ parameter: HealthCheck.Parameter) -> String? {
    let check = healthCheck
    switch parameter {
    case .healthSwitch: return check.isEnabled ? "1" : "0"
    case .checkType: return checkType.rawValue
    case .timeOut: return "\(check.timeOut)"
    case .intervalTime: return "\(check.intervalTime)"
    case .healthNum: return "\(check.healthNum)"
    case .unHealthNum: return "\(check.unHealthNum)"
    case .httpCode: return "\(check.httpCode.rawValue)"
    case .httpCheckPath: return check.httpCheckPath
    case .httpCheckDomain: return check.httpCheckDomain
    case .httpCheckMethod: return check.httpCheckMethod.rawValue
    case .httpVersion: return check.httpVersion.rawValue
    case .checkPort: return servicePort.map { _ in "\(port)" }
    case .contextType: return check.custom?.contextType.rawValue
    case .sendContext: return check.custom.map { $0.written($0.send) }
    case .recvContext: return check.custom.map { $0.written($0.receive) }
    case .extendedCode: return check.extendedCode.description
    case .sourceIPType: return check.sourceIPType.map { "\($0.rawValue)" }
    }
  }
}

extension CustomCheck {
  /// Bytes as the API writes them.
  package func written(_ bytes: [UInt8]) -> String {
    guard contextType == .hexadecimal else { return String(decoding: bytes, as: UTF8.self) }
    return bytes.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.utf8.count == 1 ? "0\(digits)" : digits
    }.joined()
  }
}
