import Addressing
import Host
import LoadBalancer
import Windows

/// Whether the application of a Windows host answers, as far as the files hold answers.
enum WindowsApplicationHop {
  static func examine(_ question: WindowsQuestion) -> HopOutcome {
    switch question.target.transport {
    case .tcp: handshake(question)
    case .http, .https: response(question)
    case .udp, .grpc, .grpcs:
      HopOutcome(
        open("the files of a Windows capture hold no answer to a \(question.target.name) check"))
    }
  }

  static func open(_ summary: String, remedies: [Remedy] = []) -> Finding {
    ApplicationCheck.declaration.finding("no-answer", .unknown, summary, remedies: remedies)
  }

  /// A SYN-ACK is all that a TCP check asks for: connections show that there was one.
  private static func handshake(_ question: WindowsQuestion) -> HopOutcome {
    let target = question.target
    let connections = (question.facts.sockets.value?.connections(from: target.sources) ?? [])
      .filter { $0.local.port == target.port && $0.local.address.unmapped == target.address }
    if let first = connections.first, let peer = first.foreign {
      let more = connections.count > 1 ? " and \(connections.count - 1) more" : ""
      let state = first.state?.rawValue ?? ""
      return HopOutcome(
        "the probes' sources have connections to port \(target.port): \(peer) (\(state))\(more)")
    }
    let exchanges = question.exchanges(anyScheme: true)
    if exchanges.contains(where: \.hasResponse) {
      return HopOutcome(
        "curl connected to \(target.endpoint) on the host itself (it proves the socket, not the way in)"
      )
    }
    if let refused = exchanges.first(where: { $0.failureCode == 7 }) {
      return WindowsResponseJudge(question: question, exchange: refused).outcome
    }
    return HopOutcome(
      open("no probe was made, and netstat lists no connection from the probes' sources"))
  }

  private static func response(_ question: WindowsQuestion) -> HopOutcome {
    let exchanges = question.exchanges(anyScheme: false)
    let remedies = [captureAnswer(question.target)].compactMap(\.self)
    guard !exchanges.isEmpty else {
      let why =
        question.facts.responses.reasonMissing
        ?? "\(CaptureFile.responses.rawValue) has no request to \(question.target.endpoint)"
      return HopOutcome(open("the application was not asked: \(why)", remedies: remedies))
    }
    if let exact = exchanges.first(where: { question.differences($0).isEmpty }) {
      return WindowsResponseJudge(question: question, exchange: exact).outcome
    }
    // A connection that fails does so for every request.
    if let failed = exchanges.first(where: { [7, 35].contains($0.failureCode) }) {
      return WindowsResponseJudge(question: question, exchange: failed).outcome
    }
    let nearest = exchanges.min {
      question.differences($0).count < question.differences($1).count
    }
    let differences = nearest.map { question.differences($0) } ?? []
    return HopOutcome(
      open(
        "the application was not asked as the CLB asks: the check has "
          + differences.map { "\($0.check), and curl had \($0.curl)" }.joined(separator: "; "),
        remedies: remedies))
  }

  private static func captureAnswer(_ target: Target) -> Remedy? {
    guard let command = target.windowsRequestCommand else { return nil }
    let file = CaptureFile.responses.rawValue
    return Remedy(
      summary: "ask as the CLB does, on the Windows host, and put command and answer into \(file)",
      commands: [command])
  }
}

/// Where a request of curl is another than the health check's.
struct RequestDifference {
  var check: String
  var curl: String
}

extension WindowsQuestion {
  /// What curl asked of the target's address and port.
  func exchanges(anyScheme: Bool) -> [CurlExchange] {
    (facts.responses.value?.exchanges ?? []).filter { exchange in
      guard let parts = exchange.parts else { return false }
      return parts.port == target.port && IPAddress(parsing: parts.host) == target.address
        && (anyScheme || parts.scheme == target.transport.rawValue)
    }
  }

  /// In what a request is not the health check's.
  func differences(_ exchange: CurlExchange) -> [RequestDifference] {
    let check = target.healthCheck
    let host = check.httpCheckDomain ?? target.address.urlHost
    let asked = exchange.host ?? target.address.urlHost
    let version = exchange.isHTTP10 ? HTTPVersion.http10 : .http11
    return [
      RequestDifference(check: check.httpCheckPath, curl: exchange.parts?.path ?? "no path"),
      RequestDifference(check: check.httpCheckMethod.rawValue, curl: exchange.method),
      RequestDifference(check: "Host \(host.lowercased())", curl: "Host \(asked.lowercased())"),
      RequestDifference(check: check.httpVersion.rawValue, curl: version.rawValue),
    ].filter { $0.check != $0.curl }
  }
}

extension CurlExchange {
  var hasResponse: Bool {
    if case .response = outcome { return true }
    return false
  }

  /// curl's exit status; `nil` where it did not fail.
  var failureCode: Int? {
    if case .failure(let code, _) = outcome { return code }
    return nil
  }
}
