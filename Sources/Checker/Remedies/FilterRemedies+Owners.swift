import Addressing
import Collectors
import Host
import LoadBalancer
import PacketFilter

/// The ways of the programs that own rules: what they are told lasts.
extension FilterRemedies {
  /// ufw's own commands know no ICMP.
  var byUFW: Remedy? {
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

  /// The zone whose rule it is, else any that would do.
  var byFirewalld: Remedy? {
    let own = answer.firewalldZone
    let chains = rulesets.chainNames.sorted().compactMap { name in
      FirewalldChain(name).flatMap { $0.allows ? (name: name, zone: $0.zone) : nil }
    }
    for (name, zone) in chains.filter({ $0.zone == own }) + chains.filter({ $0.zone != own }) {
      guard shellQuoted(zone) == zone, let changed = inserted(intoAnyOf: [name]),
        isEnough(changed)
      else { continue }
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
  var byFail2ban: Remedy? {
    guard goal == .everySource, let jail = answer.fail2banJail, shellQuoted(jail) == jail else {
      return nil
    }
    let banned = answer.sources.prefixes.filter { $0.length == $0.base.family.bitCount }
    let addresses =
      banned.count > 16 ? "" : banned.map(\.base.description).joined(separator: " ")
    func ban(_ verb: String) -> [String] {
      addresses.isEmpty ? [] : ["fail2ban-client set \(jail) \(verb) \(addresses)"]
    }
    return Remedy(
      summary: "tell fail2ban's jail \(jail) never to ban \(sourceWords), and write it to ignoreip "
        + "in /etc/fail2ban/jail.local to keep that",
      commands: rules.map { "fail2ban-client set \(jail) addignoreip \($0.sources)" }
        + ban("unbanip"),
      persistence: .temporary,
      undo: rules.map { "fail2ban-client set \(jail) delignoreip \($0.sources)" } + ban("banip"),
      verify: "fail2ban-client get \(jail) ignoreip")
  }
}
