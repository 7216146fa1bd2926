import Addressing
import Collectors
import Host
import LoadBalancer
import PacketFilter
import Probes

/// Whether the ping of a UDP listener's check is answered.
package enum PingCheck: Check {
  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    guard question.target.transport == .udp else { return .notOnTheWay }
    let judge = PingJudge(question: question)
    let stops = [judge.ignored].compactMap(\.self) + judge.filtered
    let found = stops.isEmpty ? [judge.unanswered].compactMap(\.self) : stops
    var outcome = HopOutcome(judge.passing, findings: found + [judge.limited].compactMap(\.self))
    outcome.isOnWayOfItsOwn = true
    return outcome
  }
}

/// Turns settings, rules and the agent's own ping into findings.
private struct PingJudge {
  let question: CheckQuestion

  private var target: Target { question.target }
  private var parameters: KernelParameters { question.facts.parameters }

  /// What it means that a ping is stopped: only the check by ping certainly fails by it.
  private var stop: Severity { target.checkType == .ping ? .fail : .warn }

  private var consequence: String {
    target.checkType == .ping
      ? ", and the health check is a ping"
      : "; some documents say that the check of a UDP port pings too"
  }

  var passing: String {
    let replied = isAnswered ? "; the agent's own ping was answered (by lo)" : ""
    return "the kernel answers pings, and no rule stops them" + replied
  }

  /// The kernel's own setting of the address's family.
  private var setting: KernelParameter {
    target.address.family == .ipv4 ? .icmpEchoIgnoreAll : .icmp6EchoIgnoreAll
  }

  var ignored: Finding? {
    switch parameters[setting] {
    case .value(0, _): return nil
    // A kernel before 4.20 has no such setting for IPv6, and answers.
    case .absent where target.address.family == .ipv6: return nil
    case .value(let value, let source):
      return finding(
        "ignored", stop, "\(setting) is \(value): this host answers no ping\(consequence)",
        evidence: [Evidence(source: source.description, text: String(value))] + ownPing,
        remedies: question.facts.sysctlRemedies(setting, to: 0, why: "answer pings"))
    case .absent, .denied, .failed:
      guard !isAnswered else { return nil }
      return finding(
        "ignored", .unknown,
        "whether this host answers pings is unknown: \(parameters[setting].reasonMissing ?? "")",
        evidence: ownPing)
    }
  }

  /// One for each kind of what rules do to echo requests and the replies to them.
  var filtered: [Finding] {
    switch question.echoFiltering {
    case nil, .noRules: return []
    case .notAsked(let reason):
      return [open("what rules do to pings is not decided: \(reason)", evidence: [])]
    case .answers(let answers):
      let isStopped = answers.allSatisfy(\.isStopped)
      // A route that is missing for the reply is the routing hop's to tell.
      let stopped = answers.filter { !$0.isPassed && !$0.isWithoutRouteBack }
      return LikeAnswers.grouped(stopped).prefix(8).map { finding($0, isStopped: isStopped) }
    }
  }

  private func finding(_ answers: LikeAnswers, isStopped: Bool) -> Finding {
    let answer = answers.first
    let sources = answer.sources.words
    let because = answer.because.joined(separator: ", ")
    switch answer.verdict {
    case .undecided, .accept, .forward:
      return open(
        "what rules do to pings from \(sources) is not decided: \(because)",
        evidence: answers.evidence)
    case .depends:
      return finding(
        "filtered", .warn,
        "what becomes of pings from \(sources) changes with \(because) of \(answers.ruleWords)",
        evidence: answers.evidence, remedies: FilterRemedies(question, answer, .icmp).all)
    case .drop, .reject:
      let verb = answer.verdict == .drop ? "drops" : "rejects"
      let object = answer.direction == .reply ? "replies to pings from" : "pings from"
      return finding(
        "filtered", isStopped ? stop : .warn,
        "\(answers.ruleWords) \(verb) \(object) \(sources)\(consequence)",
        evidence: answers.evidence, remedies: FilterRemedies(question, answer, .icmp).all)
    }
  }

  /// What the packet filter's own hop may have said already.
  private func open(_ summary: String, evidence: [Evidence]) -> Finding {
    var finding = finding("filtered", .unknown, summary, evidence: evidence)
    finding.cause = PacketFilterCheck.doubt(question)
    return finding
  }

  /// The agent's own ping; `nil` where none was sent.
  private var echo: ProbeExchange? {
    question.probes?.exchanges.first { $0.request.question == .echo }
  }

  private var isAnswered: Bool { echo?.outcome == .echoReply }

  private var ownPing: [Evidence] { [echo?.evidence].compactMap(\.self) }

  /// A ping that nobody answers although nothing is known that stops it.
  ///
  /// That the agent may not ping is no sign of anything.
  var unanswered: Finding? {
    guard let echo, case .timedOut = echo.outcome else { return nil }
    let rules = PacketFilterCheck.doubt(question) == nil ? "" : ", nor a rule for the CLB's"
    return finding(
      "no-reply", target.checkType == .ping ? .unknown : .info,
      "the agent's own ping, which goes by lo, was not answered within \(target.healthCheck.timeOut)"
        + " s, and no setting says why\(rules)",
      evidence: ownPing,
      remedies: [
        Remedy(
          summary: "ping \(target.address) from another host of its network, and read what XDP, tc "
            + "or security software does to ICMP", verify: target.pingCommand)
      ])
  }

  /// Source: `icmp_ratemask` in Documentation/networking/ip-sysctl.rst; bit 3 is "destination
  /// unreachable".
  var limited: Finding? {
    guard target.address.family == .ipv4,
      case .value(let mask, let source) = parameters[.icmpRateMask],
      let limit = parameters[.icmpRateLimit].value, mask & 8 != 0, limit > 0
    else { return nil }
    return finding(
      "unreachable-limited", .info,
      "this host sends one ICMP port-unreachable in \(limit) ms to one address after a burst, so a "
        + "check without an expected answer may not notice that port \(target.port) is dead",
      evidence: [Evidence(source: source.description, text: String(mask))])
  }

  private func finding(
    _ what: String, _ severity: Severity, _ summary: String, evidence: [Evidence] = [],
    remedies: [Remedy] = []
  ) -> Finding {
    PingCheck.declaration.finding(
      what, severity, summary, evidence: evidence, remedies: remedies)
  }
}
