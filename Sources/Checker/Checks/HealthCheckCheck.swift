import Addressing
import Collectors
import LoadBalancer
import Probes

/// Whether the check's own parameters, as the CLB has them, do what they are meant to.
package enum HealthCheckCheck: Check {
  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    examine(ParameterQuestion(question))
  }

  static func examine(_ question: ParameterQuestion) -> HopOutcome {
    let target = question.target
    guard target.hasKnownParameters else { return .notOnTheWay }
    let findings = ParameterJudge.issues(of: target).filter { $0.isNews(question) }
      .map { $0.finding(question) }
    return HopOutcome(summary(question), findings: findings)
  }

  package static func conclude(_ way: CompletedWay) -> [Finding] {
    [ConsoleComparison(way)?.finding].compactMap(\.self)
  }

  private static func summary(_ question: ParameterQuestion) -> String {
    let target = question.target
    guard target.healthCheck.isEnabled else { return "the check is switched off" }
    let parts = [question.windowWords, question.answerWords, target.sourceReason]
    return parts.compactMap(\.self).joined(separator: "; ")
  }
}

/// What the parameters of one target are judged by.
struct ParameterQuestion {
  var target: Target
  /// How long the answer took that makes a probe healthy, in microseconds; `nil` where none came.
  var answerMicroseconds: Int?
  /// The HTTP status of the agent's own probe; `nil` where none came.
  var status: Int?
  /// What is known of the check port and the backend port, where these are two.
  var (checked, backend) = (PortService.unknown, PortService.unknown)

  init(target: Target) { self.target = target }

  init(_ question: CheckQuestion) {
    self.init(target: question.target)
    if let exchange = question.probes?.healthCheck, exchange.isAnswered {
      answerMicroseconds = exchange.timing.statusMicroseconds
      if case .response(let response) = exchange.outcome { status = response.status }
    }
    guard let servicePort = target.servicePort else { return }
    checked = PortService(question, at: target.port)
    backend = PortService(question, at: servicePort)
  }
}

/// Whether anything waits at the backend port.
enum PortService: Hashable {
  /// Who does, and where: `nginx (pid 812) on 0.0.0.0:80`.
  case listens(String)
  case nobody
  /// It was not looked for, or could not be.
  case unknown

  init(_ question: CheckQuestion, at port: UInt16) {
    var asked = question
    // What the probe of the check port learned says nothing of another.
    if port != question.target.port { asked.probes = nil }
    asked.target.port = port
    asked.target.servicePort = nil
    let search = SocketSearch(asked)
    if let socket = search.accepting.first {
      self = .listens("\(question.facts.ownerName(of: socket)) on \(socket.endpoint)")
    } else {
      let isOpen =
        search.reasonUnknown != nil || !search.undecidedDevice.isEmpty
        || !search.undecidedIPv6.isEmpty || question.facts.packetFilter.outlines.redirection != nil
      self = isOpen ? .unknown : .nobody
    }
  }
}

extension ParameterQuestion {
  /// `a dead server is out after 16 s, a well one is back after 13 s`, by CLB's own formulas.
  var windowWords: String {
    let window = HealthWindow(target)
    let assumed: Set<HealthCheck.Parameter> = [.timeOut, .intervalTime, .healthNum, .unHealthNum]
    let mark =
      target.healthCheck.assumed.isDisjoint(with: assumed) ? "" : " (by assumed parameters)"
    return
      "a dead server is out after \(window.secondsToUnhealthy.words) s, a well one is back after "
      + "\(secondsToHealthy.words) s\(mark)"
  }

  /// By the time that answers take here, where it is known and matters.
  private var secondsToHealthy: ClosedRange<Int> {
    let (window, check) = (HealthWindow(target), target.healthCheck)
    guard target.windowFormula == .layer7, let answerMicroseconds else {
      return window.secondsToHealthy
    }
    let answering = check.healthNum * min(answerMicroseconds, check.timeOut * 1_000_000)
    let seconds = window.secondsToHealthy.lowerBound + (answering + 500_000) / 1_000_000
    return seconds...seconds
  }

  /// What becomes of answers as slow as the one just seen; `nil` where they are fast, or none was seen.
  var answerWords: String? {
    guard let taken = answerMicroseconds else { return nil }
    let timeOut = target.healthCheck.timeOut
    let words = "answers take \(milliseconds(taken)) of the \(timeOut) s of TimeOut"
    switch AnswerTime(milliseconds: taken / 1000, timeOut: timeOut) {
    case .inTime: return nil
    case .flaps: return "\(words), so that some probes fail: the state flaps"
    case .tooLate: return "\(words), so that every probe fails"
    }
  }

  /// Whether answers are so slow that some probes fail.
  var answersFlap: Bool {
    answerMicroseconds.map {
      AnswerTime(milliseconds: $0 / 1000, timeOut: target.healthCheck.timeOut) == .flaps
    } ?? false
  }
}

extension Target {
  /// Whether anybody said anything of the check, so that there is something to judge.
  ///
  /// The path is a part of any URL, and sources are no parameter.
  var hasKnownParameters: Bool {
    guard listener == nil, healthCheck.isEnabled else { return true }
    return HealthCheck.Parameter.withDefaults.contains { parameter in
      parameter != .sourceIPType && parameter != .httpCheckPath && parameter.applies(to: checkType)
        && !healthCheck.assumed.contains(parameter)
    }
  }

  /// Where probes come from, and why that is thought.
  fileprivate var sourceReason: String {
    let words = sourceWords
    switch healthCheck.sourceIPType {
    case .reservedRange?: return "probes come from \(words) (SourceIpType 1)"
    case .virtualIP? where words.isEmpty:
      return "probes come from the VIP (SourceIpType 0), which nobody named"
    case .virtualIP?: return "probes come from \(words) (SourceIpType 0, the VIP)"
    case nil where healthCheck.assumed.contains(.sourceIPType):
      return "probes come from \(words) (assumed: nobody said SourceIpType)"
    case nil: return "probes come from \(words), as named"
    }
  }
}

extension ClosedRange<Int> {
  /// `16`, or `10 to 16`.
  var words: String {
    lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound) to \(upperBound)"
  }
}
