import Addressing
import Collectors
import Host
import LoadBalancer
import PacketFilter

/// Rules that let a target's probes in, each proven: the rulesets are asked again with the rule in
/// them, and one that would not let every probe in is not offered.
struct FilterRemedies {
  private let question: CheckQuestion
  private let answer: FilterAnswer
  private let transport: FilterQuestion.TransportKind

  /// - Parameter transport: what the packets are; `nil` for those that go to the target's port.
  init(
    _ question: CheckQuestion, _ answer: FilterAnswer,
    _ transport: FilterQuestion.TransportKind? = nil
  ) {
    self.question = question
    self.answer = answer
    self.transport = transport ?? question.target.transportKind
  }

  /// The owner's own way first, which lasts; then a rule in the kernel, which does not.
  var all: [Remedy] {
    let proven =
      answer.direction == .request
      ? [byFirewalld, byUFW, byRule, byFail2ban] : [byRule]
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

  private var target: Target { question.target }

  /// What the sources are to be let do.
  private var doing: String {
    transport == .icmp ? "ping this host" : "come to port \(target.port)"
  }

  /// What is to be let in; the sources of the target's family.
  private var rules: [AcceptRule] { rules(answer) }

  private func rules(_ answer: FilterAnswer) -> [AcceptRule] {
    target.sourcesOfItsFamily.map {
      AcceptRule(answer.direction, sources: $0, transport: transport, port: target.port)
    }
  }

  private var rulesets: PacketFilterRules { question.filters.rules }

  private func filtering(_ rulesets: PacketFilterRules) -> ProbeFiltering {
    question.filters.filtering(target, as: transport, by: rulesets)
  }

  /// Whether every probe comes in by those rulesets.
  private func isEnough(_ rulesets: PacketFilterRules) -> Bool {
    filtering(rulesets).letsAllIn
  }

  /// A rule before the one that stops the probe; where another then stops it, one before that too.
  private var byRule: Remedy? {
    var rulesets = rulesets
    var steps: [RuleStep] = []
    var stopped: FilterAnswer? = answer
    while let next = stopped, steps.count < 4 {
      guard let step = step(next, &rulesets) else { return nil }
      steps += step
      guard case .answers(let answers) = filtering(rulesets) else {
        return nil
      }
      stopped = answers.first { !$0.isPassed }
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

  private var sourceWords: String { rules.map(\.sources.description).joined(separator: ", ") }

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

  /// ufw's own commands know no ICMP.
  private var byUFW: Remedy? {
    guard transport != .icmp,
      answer.owner == .ufw || question.facts.services[.ufw]?.isEnabled.value == true,
      let changed = inserted(intoAnyOf: ["ufw-user-input", "ufw6-user-input"]), isEnough(changed)
    else { return nil }
    let words = rules.map {
      "from \($0.sources) to any port \(target.port) proto \($0.transport.rawValue)"
    }
    return Remedy(
      summary: "let \(sourceWords) come to port \(target.port), by ufw",
      commands: words.map { "ufw prepend allow \($0)" },
      undo: words.map { "ufw delete allow \($0)" }, verify: "ufw status")
  }

  /// The zone's own chain of what is allowed tells the zone.
  private var byFirewalld: Remedy? {
    let names = rulesets.chainNames.filter { $0.contains("IN_") && $0.hasSuffix("_allow") }
    for name in names.sorted() {
      guard let changed = inserted(intoAnyOf: [name]), isEnough(changed) else { continue }
      let zone = name.replacing("filter_IN_", with: "").replacing("IN_", with: "").dropLast(6)
      guard shellQuoted(String(zone)) == zone else { continue }
      let family = target.address.family == .ipv4 ? "ipv4" : "ipv6"
      let rich = rules.map {
        "'rule family=\"\(family)\" source address=\"\($0.sources)\" \(richElement) accept'"
      }
      return Remedy(
        summary: "let \(sourceWords) \(doing), in firewalld's zone \(zone)",
        commands: rich.map { "firewall-cmd --permanent --zone=\(zone) --add-rich-rule=\($0)" }
          + ["firewall-cmd --reload"],
        undo: rich.map { "firewall-cmd --permanent --zone=\(zone) --remove-rich-rule=\($0)" }
          + ["firewall-cmd --reload"],
        verify: "firewall-cmd --zone=\(zone) --list-rich-rules")
    }
    return nil
  }

  /// What is accepted, in firewalld's rich language.
  private var richElement: String {
    transport == .icmp
      ? "icmp-type name=\"echo-request\""
      : "port port=\"\(target.port)\" protocol=\"\(transport.rawValue)\""
  }

  private func inserted(intoAnyOf chains: [String]) -> PacketFilterRules? {
    var changed = rulesets
    var isChanged = false
    for chain in chains {
      for place in changed.heads(ofChain: chain) {
        for rule in rules {
          guard let next = changed.inserting(rule, at: place) else { return nil }
          changed = next
          isChanged = true
        }
      }
    }
    return isChanged ? changed : nil
  }

  /// A ban comes again; the jail is told whom never to ban. What that does is not a rule to be proven.
  private var byFail2ban: Remedy? {
    guard answer.owner == .fail2ban, let place = answer.place else { return nil }
    let words = place.split(separator: " ")
    guard let chain = words.dropLast().last, chain.hasPrefix("f2b-") else { return nil }
    let jail = String(chain.dropFirst(4))
    guard shellQuoted(jail) == jail else { return nil }
    return Remedy(
      summary: "tell fail2ban's jail \(jail) never to ban \(sourceWords), and write it to ignoreip "
        + "in /etc/fail2ban/jail.local to keep that",
      commands: rules.map { "fail2ban-client set \(jail) addignoreip \($0.sources)" },
      persistence: .temporary,
      undo: rules.map { "fail2ban-client set \(jail) delignoreip \($0.sources)" },
      verify: "fail2ban-client get \(jail) ignoreip")
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
