import LoadBalancer

extension ParameterIssue {
  /// Seconds of wrong state from which a value that is merely unusual is a warning.
  private static let longSeconds = 120

  /// What the issue means, in this target's numbers.
  func finding(_ question: ParameterQuestion) -> Finding {
    let target = question.target
    if case .checkPortDiffers(let backendPort) = kind {
      return portMismatch(question, backendPort: backendPort)
    }
    let severity = severity(question)
    return HealthCheckCheck.declaration.finding(
      what, severity, summary(question), evidence: [evidence(target)],
      remedies: severity == .info ? [] : remedies(target))
  }

  /// Whether it is worth a line: the console ticks 1xx to 4xx, which matters where the page answers so.
  func isNews(_ question: ParameterQuestion) -> Bool {
    guard case .maskHidesErrors(let hidden) = kind else { return true }
    return question.target.healthCheck.httpCode != .consoleDefault
      || isAnswered(by: hidden, question)
  }

  private var what: String {
    switch kind {
    case .illegal, .timeOutNotBelowInterval: "illegal-parameter"
    case .farFromDefault: "far-from-default"
    case .noDomain, .noFixedDomain: "no-domain"
    case .maskHidesErrors: "mask-hides-errors"
    case .dynamicPath: "dynamic-path"
    case .checkPortDiffers: "port-mismatch"
    case .disabled: "disabled"
    }
  }

  private func severity(_ question: ParameterQuestion) -> Severity {
    switch kind {
    case .illegal, .timeOutNotBelowInterval, .noDomain, .noFixedDomain, .disabled: .warn
    case .farFromDefault(let consequence): severity(consequence, question)
    case .maskHidesErrors(let hidden): hidden.contains(.serverError) ? .warn : .info
    case .dynamicPath, .checkPortDiffers: .info
    }
  }

  /// Whether the page answers with such a status now.
  private func isAnswered(by classes: HTTPCode, _ question: ParameterQuestion) -> Bool {
    question.status.map { classes.accepts(status: $0) } ?? false
  }

  private func severity(_ consequence: Consequence, _ question: ParameterQuestion) -> Severity {
    switch consequence {
    case .noticesLate(let seconds), .returnsLate(let seconds):
      seconds > Self.longSeconds ? .warn : .info
    case .flaps: question.answersFlap ? .warn : .info
    case .probesOften, .waitsLong: .info
    }
  }

  private func summary(_ question: ParameterQuestion) -> String {
    let named = "\(parameter.rawValue) is \(value)"
    switch kind {
    case .illegal:
      let effect =
        parameter == .httpCode && question.target.healthCheck.httpCode.isEmpty
        ? ": no status is ever healthy" : ""
      return "\(named), and CLB's documents allow \(legal ?? "other values")\(effect)"
    case .timeOutNotBelowInterval(let interval):
      return
        "\(named) and IntervalTime \(interval): a probe may still wait when the next one goes out, "
        + "and CLB's documents want TimeOut to be the smaller"
    case .farFromDefault(let consequence):
      return "\(named), and \(recommended ?? "another value") is the default: "
        + words(consequence, question)
    case .noDomain:
      return
        "HttpVersion is HTTP/1.1 and HttpCheckDomain is empty: servers answer a request without "
        + "Host with 400"
        + (question.target.healthCheck.httpCode.contains(.clientError)
          ? ", which this check calls healthy" : ", and the check fails")
    case .noFixedDomain(let forwarding):
      return
        "HttpCheckDomain is empty and the forwarding domain is \"\(forwarding)\": a check needs "
        + "one fixed name to send as Host"
    case .maskHidesErrors(let hidden):
      let now =
        question.status.flatMap { hidden.accepts(status: $0) ? $0 : nil }
        .map { ", as the \($0) that it answers now" } ?? ""
      return "HttpCode is \(value), \(question.target.healthCheck.httpCode): a server that answers "
        + "\(hidden) stays healthy\(now)"
    case .dynamicPath(let mark):
      return
        "\(named), and \"\(mark)\" tells of a page that is computed for each probe: its database's "
        + "troubles become the health check's"
    case .disabled:
      return
        "HealthSwitch is 0: CLB probes nothing and sends clients here in any state, so whatever "
        + "fails on this way fails for them"
    case .checkPortDiffers(let backendPort):
      return "probes go to port \(value) and traffic goes to port \(backendPort)"
    }
  }

  private func words(_ consequence: Consequence, _ question: ParameterQuestion) -> String {
    switch consequence {
    case .noticesLate(let seconds):
      "a dead server keeps its traffic for \(seconds) s (\(question.target.failingFormula))"
    case .returnsLate(let seconds):
      "a server that is well again waits up to \(seconds) s for traffic"
    case .flaps(let failures, let seconds):
      "\(failures) failed probes in \(seconds) s take the server out"
        + (question.answerWords.map { ", and \($0)" } ?? "")
    case .probesOften(let times):
      "each node of the CLB probes \(times) times a minute"
    case .waitsLong(let seconds): "a probe that hangs is given up only after \(seconds) s"
    }
  }

  private func evidence(_ target: Target) -> Evidence {
    Evidence(
      source: target.parameterSource,
      text: "\(parameter.rawValue): \(value.isEmpty ? "null" : value)")
  }

  /// One command for all parameters of the check: it says the others again, so two would undo each other.
  private func remedies(_ target: Target) -> [Remedy] {
    if isToBeChanged { return [.setting(target.recommendedChanges, of: target)] }
    return recommended == nil ? [.byHand(self, target)] : []
  }

  /// Whether the value is wrong whatever the service does, and it is known what to set instead.
  fileprivate var isToBeChanged: Bool {
    guard recommended != nil else { return false }
    switch kind {
    case .illegal, .timeOutNotBelowInterval, .disabled: return true
    case .maskHidesErrors(let hidden): return hidden.contains(.serverError)
    case .farFromDefault(.noticesLate(let seconds)), .farFromDefault(.returnsLate(let seconds)):
      return seconds > Self.longSeconds
    case .farFromDefault, .noDomain, .noFixedDomain, .dynamicPath, .checkPortDiffers: return false
    }
  }
}

extension Target {
  /// What to set instead of every parameter that is surely wrong.
  var recommendedChanges: [HealthCheck.Parameter: String] {
    let changes = ParameterJudge.issues(of: self).filter(\.isToBeChanged).compactMap { issue in
      issue.recommended.map { (issue.parameter, $0) }
    }
    return Dictionary(changes) { first, _ in first }
  }
}

extension Target {
  /// Who said what the parameters are.
  var parameterSource: String { listener.map { "HealthCheck of \($0)" } ?? "settings" }

  /// CLB's formula of the time until a dead server is out.
  fileprivate var failingFormula: String {
    let layer4 = "IntervalTime × (UnHealthNum − 1)"
    return windowFormula == .layer4 ? layer4 : "TimeOut × UnHealthNum + \(layer4)"
  }
}

extension Remedy {
  /// For what only the service's owner can choose.
  fileprivate static func byHand(_ issue: ParameterIssue, _ target: Target) -> Remedy {
    let what =
      switch issue.kind {
      case .noDomain, .noFixedDomain: "name a domain that the service knows as HttpCheckDomain"
      case .dynamicPath: "let a static file answer, and set HttpCheckPath to it"
      default:
        "set \(issue.parameter.rawValue) to what CLB allows: \(issue.legal ?? "see its documents")"
      }
    return Remedy(summary: "\(what), on the CLB's side", verify: target.describeCommand)
  }
}
