import Addressing
import Host
import Windows

/// Turns the firewall's answers for one kind of packet into findings.
struct WindowsFirewallJudge {
  let question: WindowsQuestion
  let firewall: WindowsFirewall
  let packet: FirewallQuestion.Packet
  let answers: [FirewallAnswer]

  private var isBlocked: Bool { answers.allSatisfy { $0.verdict == .blocked } }

  /// One for each answer that is no pass; of very many parts, the first eight.
  var findings: [Finding] {
    let open = answers.filter { $0.verdict != .passes }.prefix(8)
    let remedies = open.isEmpty ? [] : WindowsFirewallRemedies(self).all
    return open.map { answer in
      guard answer.verdict == .blocked else {
        return finding(
          "undecided", .unknown, undecided(answer), evidence: evidence(answer),
          remedies: isOpenUntilListening(answer)
            ? [] : activeProfiles(answer) + processes(answer) + remedies)
      }
      return finding(
        isBlocked ? "drops-probe" : "drops-some-sources", isBlocked ? .fail : .warn,
        blocked(answer), evidence: evidence(answer), remedies: remedies)
    }
  }

  /// A ping has a hop of its own, with one id for all that filters do to it.
  private func finding(
    _ what: String, _ severity: Severity, _ summary: String, evidence: [Evidence],
    remedies: [Remedy]
  ) -> Finding {
    packet == .echoRequest
      ? PingCheck.declaration.finding(
        "filtered", severity, summary, evidence: evidence, remedies: remedies)
      : PacketFilterCheck.declaration.finding(
        what, severity, summary, evidence: evidence, remedies: remedies)
  }

  /// What lets the packets in, where something does.
  var passing: String {
    let decisions = answers.first?.decisions ?? []
    if decisions.allSatisfy({ $0.reason == .off }) {
      return "Windows Firewall is off in \(words(decisions.map(\.profile)))"
    }
    let rule = decisions.lazy.compactMap { decision -> FirewallRule? in
      if case .rule(let rule) = decision.reason { return rule }
      return nil
    }.first
    let name = rule.map { " by the rule \($0.quotedName)" } ?? ""
    return "Windows Firewall lets \(packetWords) in\(name)"
  }

  /// `probes`, or `pings` for ICMP echo requests.
  private var packetWords: String { packet == .echoRequest ? "pings" : "probes" }

  private var place: String {
    switch packet {
    case .tcp(let port): "TCP port \(port)"
    case .udp(let port): "UDP port \(port)"
    case .echoRequest: "this host (ICMP echo)"
    }
  }

  private func blocked(_ answer: FirewallAnswer) -> String {
    let object = "\(packetWords) from \(answer.sources.words)"
    let rules = answer.decisions.compactMap { decision -> String? in
      if case .rule(let rule) = decision.reason { return rule.quotedName }
      return nil
    }
    let named = rules.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    if !named.isEmpty, rules.count == answer.decisions.count {
      return "Windows Firewall's rule \(named.joined(separator: " and ")) blocks \(object)"
    }
    let reasons = answer.decisions.map { "\($0.profile.rawValue): \(words($0))" }
    let isPolicyAlone = answer.decisions.allSatisfy { $0.reason == .policy(.block) }
    return isPolicyAlone
      ? "no rule of Windows Firewall lets \(object) come to \(place), and BlockInbound of "
        + "\(words(answer.decisions.map(\.profile))) drops them"
      : "Windows Firewall drops \(object) to \(place) (\(reasons.joined(separator: "; ")))"
  }

  private func undecided(_ answer: FirewallAnswer) -> String {
    let object = "\(packetWords) from \(answer.sources.words)"
    for decision in answer.decisions {
      if case .doubt(let rule, let doubts) = decision.reason {
        return
          "whether Windows Firewall's rule \(rule.quotedName) applies to \(object) is not decided: "
          + doubts.joined(separator: "; ")
      }
    }
    let reasons = answer.decisions.map { "\($0.profile.rawValue): \(words($0))" }
    let why =
      firewall.active == nil
      ? "which profile is active is not known" : "several profiles are active"
    return "what Windows Firewall does to \(object) is not decided, for \(why) "
      + "(\(reasons.joined(separator: "; ")))"
  }

  private func words(_ decision: FirewallAnswer.Decision) -> String {
    switch (decision.reason, decision.verdict) {
    case (.off, _): "off"
    case (.rule(let rule), .passes): "let in by \(rule.quotedName)"
    case (.rule(let rule), _): "blocked by \(rule.quotedName)"
    case (.policy(.allow), _): "let in by AllowInbound"
    case (.policy(let policy), _): "dropped by \(policy.rawValue)"
    case (.doubt(let rule, _), _): "\(rule.quotedName) may apply"
    }
  }

  private func words(_ kinds: [FirewallProfile.Kind]) -> String {
    let names = kinds.map(\.rawValue)
    guard let last = names.last, names.count > 1 else {
      return "the profile \(names.first ?? "")"
    }
    return "the profiles \(names.dropLast().joined(separator: ", ")) and \(last)"
  }

  /// The rules that decide, or the profiles where none does; each once.
  private func evidence(_ answer: FirewallAnswer) -> [Evidence] {
    var evidence: [Evidence] = []
    for decision in answer.decisions {
      let item: Evidence
      switch decision.reason {
      case .rule(let rule), .doubt(let rule, _):
        item = Evidence(
          source: (rule.identifier == nil ? CaptureFile.rules : .registry).command,
          text: rule.limits)
      case .policy, .off:
        let profile = firewall.profiles.first { $0.kind == decision.profile }
        let file: CaptureFile = question.facts.profiles.value == nil ? .registry : .profiles
        item = Evidence(source: file.command, text: profile?.lines ?? "")
      }
      if !evidence.contains(item) { evidence.append(item) }
    }
    return evidence
  }

  /// Whether it is decided as soon as somebody listens, which is the next hop's affair.
  private func isOpenUntilListening(_ answer: FirewallAnswer) -> Bool {
    question.receiver == .nobody
      && answer.decisions.contains { decision in
        if case .doubt(let rule, _) = decision.reason { return rule.action != .block }
        return false
      }
  }

  /// The file that decides between profiles, where that is all that is missing.
  private func activeProfiles(_ answer: FirewallAnswer) -> [Remedy] {
    guard firewall.active == nil, Set(answer.decisions.map(\.verdict)).count > 1 else { return [] }
    let file = CaptureFile.activeProfiles
    return [
      Remedy(
        summary: "find out which profile is active, and put that into the capture",
        commands: ["\(file.command) > \(file.rawValue)"])
    ]
  }

  /// The files that tell whose program a rule is for.
  private func processes(_ answer: FirewallAnswer) -> [Remedy] {
    let doubts = answer.decisions.flatMap { decision -> [String] in
      if case .doubt(_, let doubts) = decision.reason { return doubts }
      return []
    }
    let words = ["Program", "Service", "its app package", "netsh"]
    guard doubts.contains(where: { doubt in words.contains { doubt.contains($0) } }) else {
      return []
    }
    let facts = question.facts
    let isInRegistry = doubts.contains { $0.contains("netsh") } && facts.registry.value == nil
    let missing =
      (isInRegistry ? [CaptureFile.registry] : [])
      + (facts.processes.value == nil ? [CaptureFile.processes] : [])
      + (facts.processPaths.value == nil ? [.processPaths] : [])
    guard !missing.isEmpty else { return [] }
    return [
      Remedy(
        summary:
          "find out whose program waits for the probe and whom the rules are for, and put that "
          + "into the capture",
        commands: missing.map { "\($0.command) > \($0.rawValue)" })
    ]
  }
}

extension FirewallRule {
  /// The name in quotes; where its characters are not known, the one that the registry has.
  var quotedName: String {
    let isReadable = !name.unicodeScalars.contains("\u{FFFD}")
    return "\"\(isReadable ? name : identifier ?? name)\""
  }

  /// The lines as they stand in the file, without those that limit nothing.
  fileprivate var limits: String {
    let lines = text.split(separator: "\n").filter { line in
      let label = line.prefix { $0 != ":" }
      let value = line.dropFirst(label.count + 1).drop { $0 == " " }
      switch label {
      case "Description", "Grouping", "Edge traversal", "Rule source": return false
      case "InterfaceTypes": return value != "Any"
      case "Security": return value != "NotRequired"
      default: return !line.allSatisfy { $0 == "-" }
      }
    }
    return lines.joined(separator: "\n")
  }
}
