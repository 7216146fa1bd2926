import Addressing
import Collectors
import Host
import LoadBalancer
import PacketFilter

/// Whether rules of the packet filter let the probe in, and its answer out.
package enum PacketFilterCheck: Check {
  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    switch question.filtering {
    case .noRules: return HopOutcome("there is no rule of any kind")
    case .notAsked(let reason): return HopOutcome(open(question, "", reason))
    case .answers(let answers):
      let judge = FilterJudge(question: question, answers: answers)
      return HopOutcome(
        judge.passing, findings: judge.findings + [clients(question)].compactMap(\.self))
    }
  }

  /// What could not be decided, or could not even be read.
  fileprivate static func open(
    _ question: CheckQuestion, _ what: String, _ reason: String, evidence: [Evidence] = []
  ) -> Finding {
    let outlines = question.facts.packetFilter.outlines
    guard case .unknown(let reasons) = outlines.presence else {
      let owners = ActiveOwners(outlines).owners
      return declaration.finding(
        "undecided", .unknown,
        "what rules do to the probe\(what) is not decided: \(reason)",
        evidence: evidence.isEmpty
          ? owners.map { Evidence(source: $0.source.description, text: $0.evidence) } : evidence)
    }
    return declaration.finding(
      "unreadable", .unknown,
      "the packet filter's rules could not be read: \(reasons.joined(separator: "; "))",
      remedies: remedies(outlines, question.facts))
  }

  /// What lets the agent read what it could not: power where it was refused, a tool where there is none.
  private static func remedies(_ outlines: PacketFilterOutlines, _ facts: HostFacts) -> [Remedy] {
    var remedies: Set<Remedy> = []
    for listing in outlines.all {
      switch listing {
      case .denied:
        remedies.insert(
          Remedy(summary: "run the agent as root", commands: ["sudo clb-agent inspect"]))
      case .absent(.command(let words)):
        guard let tool = words.first,
          let manager = facts.identity.distribution.value?.packageManager
        else { continue }
        let package = tool == "nft" ? "nftables" : "iptables"
        remedies.insert(
          Remedy(
            summary: "install the tool that lists the rules, \(tool)",
            commands: [manager.installCommand(package)], verify: "command -v \(tool)"))
      case .value, .absent, .failed: continue
      }
    }
    return remedies.sorted { $0.summary < $1.summary }
  }

  /// Which finding of this check leaves open what a rule does to a packet; `nil` where it is known.
  ///
  /// Rules reach a connection of the host to itself too, and what they do to that is not asked.
  static func doubt(_ question: CheckQuestion) -> FindingID? {
    switch question.facts.packetFilter.outlines.presence {
    case .nothing: nil
    case .something: FindingID(rawValue: "packet-filter.undecided")
    case .unknown: FindingID(rawValue: "packet-filter.unreadable")
    }
  }

  /// Why a packet to a port without a socket might be answered after all; `nil` where it cannot.
  ///
  /// Rules that redirect it, or rules of which nobody knows whether they do.
  static func redirectionDoubt(
    _ question: CheckQuestion
  ) -> (reason: String, cause: FindingID)? {
    guard !question.filtering.letsAllIn, let cause = doubt(question) else { return nil }
    if let redirection = question.facts.packetFilter.outlines.redirection {
      return ("a rule may redirect the probe: \(redirection.rule)", cause)
    }
    guard case .unknown = question.facts.packetFilter.outlines.presence else { return nil }
    return ("a rule that could not be read may redirect the probe", cause)
  }
}

/// Turns the evaluator's answers into findings.
private struct FilterJudge {
  let question: CheckQuestion
  /// Those that rules decided: what has no way back is the routing hop's.
  let answers: [FilterAnswer]
  /// Whether the routing table has no way back to some sources.
  let lacksRoutes: Bool

  init(question: CheckQuestion, answers: [FilterAnswer]) {
    self.question = question
    self.answers = answers.filter { !$0.isWithoutRouteBack }
    lacksRoutes = self.answers.count < answers.count
  }

  private var isStopped: Bool { answers.allSatisfy(\.isStopped) }

  /// One for all rules of a chain that do the same; of very many chains, the first of each kind.
  var findings: [Finding] {
    var findings: [Finding] = []
    var counts: [String: Int] = [:]
    for answers in LikeAnswers.grouped(answers.filter { !$0.isPassed }) {
      let what = what(answers.first)
      counts[what, default: 0] += 1
      if counts[what, default: 0] <= 8 { findings.append(finding(answers, what)) }
    }
    return findings
  }

  private func what(_ answer: FilterAnswer) -> String {
    switch answer.verdict {
    case .accept, .forward: ""
    case .depends: "rate-limits-probe"
    case .undecided: "undecided"
    case .drop, .reject:
      if !isStopped {
        "drops-some-sources"
      } else if answer.direction == .reply {
        "drops-reply"
      } else {
        answer.verdict == .drop ? "drops-probe" : "rejects-probe"
      }
    }
  }

  private func finding(_ answers: LikeAnswers, _ what: String) -> Finding {
    let answer = answers.first
    let sources = answer.sources.words
    let because = answer.because.joined(separator: ", ")
    switch answer.verdict {
    case .undecided, .accept, .forward:
      return PacketFilterCheck.open(
        question, " from \(sources)", because.isEmpty ? "no reason is known" : because,
        evidence: answers.evidence)
    case .depends:
      return PacketFilterCheck.declaration.finding(
        what, .warn,
        "what becomes of probes from \(sources) changes with \(because) of \(answers.ruleWords)",
        evidence: answers.evidence, remedies: FilterRemedies(question, answer).all)
    case .drop, .reject:
      let how = answer.with.map { " with \($0)" } ?? ""
      let verb = answer.verdict == .drop ? "drops" : "rejects"
      let object = answer.direction == .reply ? "answers to" : "probes from"
      return PacketFilterCheck.declaration.finding(
        what, isStopped ? .fail : .warn,
        "\(answers.ruleWords) \(verb) \(object) \(sources)\(how)", evidence: answers.evidence,
        remedies: FilterRemedies(question, answer).all)
    }
  }

  /// What lets the probe in, where something does.
  var passing: String {
    let sent = question.filtering.destinations(besides: question.target.endpoint)
    if !sent.isEmpty { return "rules send the probe on to \(sent.joined(separator: ", "))" }
    guard !answers.isEmpty else {
      return "the rules let the probe in, and no route leads back to its sources"
    }
    guard !lacksRoutes, answers.count == 1, let only = answers.first, only.rule != nil else {
      return "the rules let the probe in and its answer out"
    }
    return "\(only.ruleWords) lets the probe in"
  }
}

extension AddressSet {
  /// The first three ranges, and how many more there are.
  var words: String { prefixes.listed(first: 3) }
}

extension FilterAnswer {
  /// Whether the request was let in, and only a route is missing for the answer.
  var isWithoutRouteBack: Bool {
    isStopped && direction == .reply && place == "routing"
  }

  /// `Tailscale's rule iptables filter ts-input 2`, `the policy of iptables filter INPUT`.
  var ruleWords: String {
    guard let place else { return "a rule" }
    let policy = " policy"
    if place.hasSuffix(policy) { return "the policy of \(place.dropLast(policy.count))" }
    guard place != "routing" else { return "the routing table" }
    let part = (firewalldZone.map { " (zone \($0))" } ?? fail2banJail.map { " (jail \($0))" }) ?? ""
    return owner.map { "\($0.words)'s rule \(place)\(part)" } ?? "rule \(place)"
  }
}
