import LoadBalancer

extension ParameterIssue {
  /// Probes of one port say nothing of another: whether both are served decides what that means.
  func portMismatch(_ question: ParameterQuestion, backendPort: UInt16) -> Finding {
    let target = question.target
    let ways = "probes go to port \(target.port) and traffic goes to port \(backendPort)"
    func finding(_ severity: Severity, _ summary: String, _ remedies: [Remedy]) -> Finding {
      HealthCheckCheck.declaration.finding(
        "port-mismatch", severity, summary,
        evidence: [
          Evidence(
            source: target.parameterSource, text: "CheckPort: \(target.port), Port: \(backendPort)")
        ], remedies: remedies)
    }
    switch question.backend {
    case .nobody where question.checked == .nobody:
      return finding(.info, "\(ways), and nothing listens on either", [])
    case .nobody:
      return finding(
        .warn, "\(ways), where nothing listens: the check can be green while clients are refused",
        [.bindingPort(target.port, of: target)])
    case .listens(let service):
      return finding(
        .info, "\(ways), to \(service): the check sees the one and clients the other", [])
    case .unknown: return finding(.info, "\(ways), of which the check tells nothing", [])
    }
  }
}
