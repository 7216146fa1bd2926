import Addressing
import Collectors
import Host
import LoadBalancer
import PacketFilter

/// Rules that let a target's probes in, each proven: the rulesets are asked again with the rule in
/// them, and one that would not let every probe in is not offered.
struct FilterRemedies {
  let question: CheckQuestion
  let answer: FilterAnswer
  let transport: FilterQuestion.TransportKind
  let goal: FilterGoal

  /// - Parameters:
  ///   - transport: what the packets are; `nil` for those that go to the target's port.
  ///   - goal: who must get in by them.
  init(
    _ question: CheckQuestion, _ answer: FilterAnswer,
    _ transport: FilterQuestion.TransportKind? = nil, goal: FilterGoal = .everySource
  ) {
    self.question = question
    self.answer = answer
    self.goal = goal
    self.transport = transport ?? question.target.transportKind
  }

  /// The owner's own way first, which lasts; then a rule in the kernel, which does not.
  var all: [Remedy] {
    let proven =
      answer.direction == .request
      ? [byFirewalld, byUFW, byFail2ban, byRule] : [byRule]
    let offered = proven.compactMap(\.self)
    return offered.isEmpty ? [byHand] : offered
  }

  /// Where no rule of ours was proven to be enough.
  private var byHand: Remedy {
    Remedy(
      summary:
        "let \(sourceWords) \(doing), and answers to them leave; no single "
        + "rule was found that does it, so read \(answer.ruleWords) and those behind it",
      verify: verification)
  }

  var target: Target { question.target }

  /// What the sources are to be let do.
  var doing: String {
    transport == .icmp ? "ping this host" : "come to port \(target.port)"
  }

  /// What is to be let in; the sources of the target's family.
  var rules: [AcceptRule] { rules(answer) }

  private func rules(_ answer: FilterAnswer) -> [AcceptRule] {
    target.sourcesOfItsFamily.map {
      AcceptRule(answer.direction, sources: $0, transport: transport, port: target.port)
    }
  }

  var rulesets: PacketFilterRules { question.filters.rules }

  private func filtering(_ rulesets: PacketFilterRules) -> ProbeFiltering {
    question.filters.filtering(goal.asked(target), as: transport, by: rulesets)
  }

  /// Whether all come in by those rulesets that are to.
  func isEnough(_ rulesets: PacketFilterRules) -> Bool {
    goal.isReached(by: filtering(rulesets))
  }

  /// A rule before the one that stops the probe; where another then stops it, one before that too.
  private var byRule: Remedy? {
    var rulesets = rulesets
    var steps: [RuleStep] = []
    var stopped: FilterAnswer? = answer
    while let next = stopped, steps.count < 4 {
      guard let step = step(next, &rulesets) else { return nil }
      steps += step
      guard case .answers(let answers) = filtering(rulesets) else { return nil }
      stopped = goal.obstacle(among: answers)
    }
    guard stopped == nil, !steps.isEmpty else { return nil }
    let after = keeping
    return Remedy(
      summary: "let \(sourceWords) \(doing), by a rule before it"
        + (after == nil ? "; it lasts until the rules are loaded anew" : ""),
      commands: steps.map(\.command) + [after].compactMap(\.self),
      persistence: after == nil ? .temporary : .permanent, undo: steps.reversed().map(\.undo),
      verify: verification)
  }

  var sourceWords: String { rules.map(\.sources.description).joined(separator: ", ") }

  private var verification: String {
    "clb-agent inspect --only \(transport == .icmp ? "ping" : "packet-filter") --target "
      + "\(target.transport.rawValue)://\(target.endpoint)"
  }

  /// The rules put at the place that the answer names, if that is one and they change something there.
  ///
  /// Legacy iptables and iptables on nf_tables have chains of the same names, so there can be two.
  private func step(_ answer: FilterAnswer, _ rulesets: inout PacketFilterRules) -> [RuleStep]? {
    let before = filtering(rulesets)
    for place in rulesets.places(named: answer.place ?? "") {
      var changed = rulesets
      var steps: [RuleStep] = []
      for rule in rules(answer) {
        guard let next = changed.inserting(rule, at: place) else { return nil }
        changed = next
        steps.append(RuleStep(rule, place, question.facts))
      }
      guard filtering(changed) != before else { continue }
      rulesets = changed
      return steps
    }
    return nil
  }

  /// What makes rules in the kernel last on this host; `nil` where that is another's affair.
  private var keeping: String? {
    let services = question.facts.services.all.filter {
      $0.isRunning.value == true || $0.isEnabled.value == true
    }
    guard answer.owner == nil else { return nil }
    if services.contains(where: { $0.name == .netfilterPersistent }) {
      return "netfilter-persistent save"
    }
    if services.contains(where: { $0.name == .iptables }) { return "service iptables save" }
    return nil
  }
}

/// The command that puts a rule at its place, and the one that takes it away.
private struct RuleStep {
  let command: String
  let undo: String

  private init(command: String, undo: String) {
    self.command = command
    self.undo = undo
  }

  init(_ rule: AcceptRule, _ place: RulePlace, _ facts: HostFacts) {
    let chain = shellQuoted(place.chain)
    switch place.tool {
    case .legacy(let family):
      self.init(rule, place, tool: facts.tool(family, isLegacy: true))
    case .compatible(let family):
      self.init(rule, place, tool: facts.tool(family, isLegacy: false))
    case .nft:
      let path = "\(place.family) \(shellQuoted(place.table)) \(chain)"
      let position = place.isEnd || place.index == 0 ? "" : " index \(place.index)"
      let command = "nft \(place.isEnd ? "add" : "insert") rule \(path)\(position) \(rule.nftWords)"
      let undo =
        "nft delete rule \(path) handle $(nft -a list chain \(path) | "
        + "sed -n 's/.*\(AcceptRule.comment).* handle //p' | head -n 1)"
      self.init(command: command, undo: undo)
    }
  }

  private init(_ rule: AcceptRule, _ place: RulePlace, tool: String) {
    let table = place.table == "filter" ? "" : " -t \(shellQuoted(place.table))"
    let chain = shellQuoted(place.chain)
    let number = place.index == 0 ? "" : " \(place.index + 1)"
    self.init(
      command: "\(tool)\(table) -I \(chain)\(number) \(rule.iptablesWords)",
      undo: "\(tool)\(table) -D \(chain) \(rule.iptablesWords)")
  }
}

extension HostFacts {
  /// The command that changes what that listing shows, by the name of the one that printed it.
  fileprivate func tool(_ family: IPAddress.Family, isLegacy: Bool) -> String {
    let listing =
      switch (family, isLegacy) {
      case (.ipv4, true): packetFilter.legacyIPv4
      case (.ipv6, true): packetFilter.legacyIPv6
      case (.ipv4, false): packetFilter.compatibleIPv4
      case (.ipv6, false): packetFilter.compatibleIPv6
      }
    let fallback = "\(family == .ipv4 ? "iptables" : "ip6tables")-\(isLegacy ? "legacy" : "nft")"
    guard case .command(let words) = listing.source, let name = words.first,
      name.hasSuffix("-save")
    else { return fallback }
    return String(name.dropLast(5))
  }
}
