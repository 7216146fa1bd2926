import Addressing
import Host
import LoadBalancer
import Windows

/// Whether Windows Firewall lets the probe in, or the ping that is one.
enum WindowsFirewallHop {
  static func examine(_ question: WindowsQuestion) -> HopOutcome {
    let target = question.target
    return examine(
      question,
      target.transport == .udp ? .udp(port: target.port) : .tcp(port: target.port))
  }

  /// The hop of a UDP listener that is checked by ping; of no other target.
  static func examinePing(_ question: WindowsQuestion) -> HopOutcome {
    guard question.target.checkType == .ping else { return .notOnTheWay }
    guard question.facts.firewall != nil, question.sources != nil else {
      return HopOutcome(
        PingCheck.declaration.finding(
          "filtered", .unknown,
          "whether Windows Firewall lets pings in is unknown, as what it does to the probe is"))
    }
    var outcome = examine(question, .echoRequest)
    outcome.isOnWayOfItsOwn = true
    return outcome
  }

  private static func examine(
    _ question: WindowsQuestion, _ packet: FirewallQuestion.Packet
  ) -> HopOutcome {
    guard let firewall = question.facts.firewall else { return HopOutcome(unreadable(question)) }
    guard let sources = question.sources else {
      return HopOutcome(
        PacketFilterCheck.declaration.finding(
          "undecided", .unknown,
          "what Windows Firewall does to the probe is not decided: nobody said where probes of "
            + "\(question.target.address) come from; see --source"))
    }
    let judge = WindowsFirewallJudge(
      question: question, firewall: firewall, packet: packet,
      answers: firewall.answers(to: question.firewallQuestion(packet, from: sources)))
    return HopOutcome(judge.passing, findings: judge.findings)
  }

  private static func unreadable(_ question: WindowsQuestion) -> Finding {
    let facts = question.facts
    if let conflict = facts.firewallConflict {
      return PacketFilterCheck.declaration.finding(
        "unreadable", .unknown, "Windows Firewall's rules are not certain: \(conflict)")
    }
    let reasons = [facts.profiles.reasonMissing, facts.rules.reasonMissing].compactMap(\.self)
    let files: [CaptureFile] =
      (facts.profiles.value == nil ? [.profiles] : [])
      + (facts.rules.value == nil ? [.rules] : [])
    return PacketFilterCheck.declaration.finding(
      "unreadable", .unknown,
      "Windows Firewall's rules could not be read: \(reasons.joined(separator: "; "))",
      remedies: [
        Remedy(
          summary:
            "on the Windows host, put the firewall's registry key into the capture, which is "
            + "the same in every language",
          commands: ["\(CaptureFile.registry.command) > \(CaptureFile.registry.rawValue)"]),
        Remedy(
          summary:
            "or make these files anew, in cmd; on a Windows of another language than English, "
            + "\"chcp 437\" makes many of them English",
          commands: ["chcp 437"] + files.map { "\($0.command) > \($0.rawValue)" }),
      ])
  }
}
