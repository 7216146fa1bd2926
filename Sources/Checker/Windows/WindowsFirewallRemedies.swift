import Addressing
import LoadBalancer
import Windows

/// Changes of Windows Firewall that let a target's probes in, each proven: the firewall is asked again
/// with the change made, and one that would not let every probe in is not offered.
struct WindowsFirewallRemedies {
  private let question: WindowsQuestion
  private let firewall: WindowsFirewall
  private let packet: FirewallQuestion.Packet

  init(_ judge: WindowsFirewallJudge) {
    question = judge.question
    firewall = judge.firewall
    packet = judge.packet
  }

  /// The narrowest lasting one first, the test without a firewall last.
  var all: [Remedy] { [byRules ?? byHand, withoutFirewall] }

  private struct Change {
    var summary: String
    var command: String
    var undo: String
    var verify: String
    var firewall: WindowsFirewall
  }

  /// Step for step, whatever stands in the way of some probe, until nothing does.
  private var byRules: Remedy? {
    var changes: [Change] = []
    var changed = firewall
    while let next = obstacle(changed) {
      guard changes.count < 6, let change = change(next, changed), change.firewall != changed else {
        return nil
      }
      changes.append(change)
      changed = change.firewall
    }
    guard !changes.isEmpty else { return nil }
    return Remedy(
      summary: changes.map(\.summary).joined(separator: ", and ") + clients(changed),
      commands: changes.map(\.command), undo: changes.reversed().map(\.undo),
      verify: changes.last?.verify)
  }

  /// The first decision by which some probe does not pass.
  private func obstacle(_ firewall: WindowsFirewall) -> FirewallAnswer.Decision? {
    answers(firewall, question.sources).lazy.compactMap { answer in
      answer.decisions.first { $0.verdict != .passes }
    }.first
  }

  private func answers(_ firewall: WindowsFirewall, _ sources: AddressSet?) -> [FirewallAnswer] {
    sources.map { firewall.answers(to: question.firewallQuestion(packet, from: $0)) } ?? []
  }

  private func change(
    _ decision: FirewallAnswer.Decision, _ firewall: WindowsFirewall
  ) -> Change? {
    switch decision.reason {
    case .rule(let rule): return unblock(rule, firewall)
    case .policy(.blockAlways): return askRules(decision.profile, firewall)
    case .policy(.block): return addRule(firewall)
    // A rule of ours settles whether one that allows applies; whether one that blocks does, it does not.
    case .doubt(let rule, _): return rule.action == .block ? nil : addRule(firewall)
    case .off, .policy(.allow): return nil
    }
  }

  /// A name that no rule has, for deleting it deletes all rules of its name.
  private func freeName(_ firewall: WindowsFirewall) -> String {
    let base: String
    switch packet {
    case .tcp(let port): base = "CLB health check TCP \(port)"
    case .udp(let port): base = "CLB health check UDP \(port)"
    case .echoRequest: base = "CLB health check ping"
    }
    let taken = Set(firewall.rules.map(\.name))
    guard taken.contains(base) else { return base }
    let numbered = (2...(taken.count + 2)).lazy.map { "\(base) (\($0))" }
    return numbered.first { !taken.contains($0) } ?? base
  }

  private func addRule(_ firewall: WindowsFirewall) -> Change? {
    guard let sources = question.sources else { return nil }
    var rule = FirewallRule(name: freeName(firewall), action: .allow)
    rule.remoteAddresses = [.addresses(sources)]
    let isIPv4 = question.target.address.family == .ipv4
    let words: String
    switch packet {
    case .tcp(let port):
      rule.transport = .tcp
      rule.localPorts = [.ports(PortRange(port))]
      words = "protocol=TCP localport=\(port)"
    case .udp(let port):
      rule.transport = .udp
      rule.localPorts = [.ports(PortRange(port))]
      words = "protocol=UDP localport=\(port)"
    case .echoRequest:
      let type: UInt8 = isIPv4 ? 8 : 128
      rule.transport = isIPv4 ? .icmpv4 : .icmpv6
      rule.messages = [FirewallRule.ICMPMessage(type: type, code: nil)]
      // Without quotes PowerShell would take the comma for a list.
      words = "protocol=\"\(isIPv4 ? "icmpv4" : "icmpv6"):\(type),any\""
    }
    guard let name = NetshCommand.name(rule.name) else { return nil }
    var changed = firewall
    guard !changed.rules.contains(where: { $0.name.hasPrefix(rule.name) && $0.text.isEmpty }) else {
      return nil
    }
    changed.rules.append(rule)
    let list = remoteIP(sources)
    return Change(
      summary: "let \(sources) in by a rule of their own",
      command:
        "netsh advfirewall firewall add rule \(name) dir=in action=allow \(words) remoteip=\(list)",
      undo: "netsh advfirewall firewall delete rule \(name) dir=in",
      verify: "netsh advfirewall firewall show rule \(name)", firewall: changed)
  }

  private func remoteIP(_ set: AddressSet) -> String {
    let list = set.prefixes.map(\.shortDescription).joined(separator: ",")
    return list.contains(",") ? "\"\(list)\"" : list
  }

  /// Takes the sources out of a rule that blocks, or turns it off where that cannot be written.
  private func unblock(_ rule: FirewallRule, _ firewall: WindowsFirewall) -> Change? {
    if let identifier = rule.identifier { return unblock(rule, byIdentifier: identifier, firewall) }
    guard !rule.isFromGroupPolicy, let name = NetshCommand.name(rule.name),
      let selection = NetshCommand.selection(rule)
    else { return nil }
    let set = "netsh advfirewall firewall set rule \(selection) new"
    let verify = "netsh advfirewall firewall show rule \(name)"
    var changed = firewall
    let twins = changed.rules.indices.filter { changed.rules[$0].isSelected(with: rule) }
    let also = twins.count > 1 ? " (\(twins.count) rules have this name and scope)" : ""
    if let rest = remainder(rule), let old = rule.field("RemoteIP"), !old.contains(" "),
      twins.count == 1
    {
      for index in twins { changed.rules[index].remoteAddresses = [.addresses(rest)] }
      let narrowed = "netsh advfirewall firewall set rule \(name) dir=in remoteip=\(remoteIP(rest))"
      return Change(
        summary: "take the probes' sources out of the rule \(rule.quotedName)",
        command: "\(set) remoteip=\(remoteIP(rest))", undo: "\(narrowed) new remoteip=\"\(old)\"",
        verify: verify, firewall: changed)
    }
    for index in twins { changed.rules[index].isEnabled = false }
    return Change(
      summary: "turn the rule \(rule.quotedName) off\(also)", command: "\(set) enable=no",
      undo: "\(set) enable=yes", verify: verify, firewall: changed)
  }

  /// By the name that only it has, which PowerShell takes.
  private func unblock(
    _ rule: FirewallRule, byIdentifier identifier: String, _ firewall: WindowsFirewall
  ) -> Change? {
    guard let name = NetshCommand.identifier(identifier),
      let index = firewall.rules.firstIndex(of: rule)
    else { return nil }
    func powershell(_ command: String) -> String { "powershell -NoProfile -Command \"\(command)\"" }
    let set = "Set-NetFirewallRule -Name \(name)"
    let verify = powershell("Get-NetFirewallRule -Name \(name)")
    var changed = firewall
    if let rest = remainder(rule), let all = blocked(rule) {
      changed.rules[index].remoteAddresses = [.addresses(rest)]
      return Change(
        summary: "take the probes' sources out of the rule \(rule.quotedName)",
        command: powershell("\(set) -RemoteAddress \(list(rest))"),
        undo: powershell("\(set) -RemoteAddress \(list(all))"), verify: verify, firewall: changed)
    }
    changed.rules[index].isEnabled = false
    return Change(
      summary: "turn the rule \(rule.quotedName) off",
      command: powershell("\(set) -Enabled False"), undo: powershell("\(set) -Enabled True"),
      verify: verify, firewall: changed)
  }

  private func list(_ set: AddressSet) -> String {
    set.prefixes.map { "'\($0.shortDescription)'" }.joined(separator: ",")
  }

  /// All that the rule blocks, where that is a list of addresses of the probes' family.
  private func blocked(_ rule: FirewallRule) -> AddressSet? {
    guard let family = question.sources?.family else { return nil }
    var all = AddressSet(family: family, numbers: IntervalSet())
    for term in rule.remoteAddresses {
      guard case .addresses(let set) = term, set.family == family else { return nil }
      all = all.union(set)
    }
    return all
  }

  /// What the rule would block without the sources; `nil` where that is nothing, or no list of addresses.
  private func remainder(_ rule: FirewallRule) -> AddressSet? {
    guard let sources = question.sources, let all = blocked(rule) else { return nil }
    let rest = all.subtracting(sources)
    return rest.isEmpty || rest.prefixes.count > 16 ? nil : rest
  }

  private func askRules(
    _ kind: FirewallProfile.Kind, _ firewall: WindowsFirewall
  ) -> Change? {
    var changed = firewall
    guard let index = changed.profiles.firstIndex(where: { $0.kind == kind }),
      ["AllowOutbound", "BlockOutbound"].contains(changed.profiles[index].outbound)
    else { return nil }
    changed.profiles[index].inbound = .block
    let outbound = changed.profiles[index].outbound.lowercased()
    let set = "netsh advfirewall set \(kind.rawValue.lowercased())profile firewallpolicy"
    return Change(
      summary: "let the profile \(kind.rawValue) ask its rules again",
      command: "\(set) \"blockinbound,\(outbound)\"",
      undo: "\(set) \"blockinboundalways,\(outbound)\"",
      verify: "netsh advfirewall show allprofiles", firewall: changed)
  }

  /// What to know where clients, who come with their own addresses, would stay outside.
  private func clients(_ changed: WindowsFirewall) -> String {
    guard let sources = question.sources, packet != .echoRequest else { return "" }
    let others = AddressSet.all(of: sources.family).subtracting(sources)
    guard answers(changed, others).contains(where: { $0.verdict == .blocked }) else { return "" }
    return
      "; clients come with their own addresses and may stay blocked: for them leave remoteip out"
  }

  /// Where no change of ours was proven to be enough, or none can be typed safely.
  private var byHand: Remedy {
    Remedy(
      summary:
        "let \(question.sources?.description ?? "the probes' sources") in by hand, in \"Windows "
        + "Defender Firewall with Advanced Security\": no command was found that is proven to do it; "
        + "what a group policy set is to be changed there",
      commands: ["wf.msc"], verify: CaptureFile.rules.command)
  }

  /// The runbook's test.
  private var withoutFirewall: Remedy {
    let on = firewall.profiles.filter(\.isOn).map { $0.kind.rawValue.lowercased() }
    let isAll = on.count == FirewallProfile.Kind.allCases.count
    return Remedy(
      summary:
        "for a test alone, turn the firewall off (or by firewall.cpl), see whether the check "
        + "turns green, and turn it on again at once: meanwhile every port is open, and it stays off "
        + "after a reboot",
      commands: ["netsh advfirewall set allprofiles state off"], disruptive: true,
      undo: isAll
        ? ["netsh advfirewall set allprofiles state on"]
        : on.map { "netsh advfirewall set \($0)profile state on" },
      verify: CaptureFile.profiles.command)
  }
}
