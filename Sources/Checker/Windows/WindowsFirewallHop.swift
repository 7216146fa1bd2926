import Addressing
import Host
import LoadBalancer
import Windows

/// Whether Windows Firewall lets the probe in; for a UDP listener, its ping too.
enum WindowsFirewallHop {
  static func examine(_ question: WindowsQuestion) -> HopOutcome {
    guard let firewall = question.facts.firewall else { return HopOutcome(unreadable(question)) }
    guard let sources = question.sources else {
      return HopOutcome(
        PacketFilterCheck.declaration.finding(
          "undecided", .unknown,
          "what Windows Firewall does to the probe is not decided: nobody said where probes of "
            + "\(question.target.address) come from; see --source"))
    }
    let judges = packets(question.target).map { packet in
      WindowsFirewallJudge(
        question: question, firewall: firewall, packet: packet,
        answers: firewall.answers(to: question.firewallQuestion(packet, from: sources)))
    }
    return HopOutcome(
      judges.map(\.passing).joined(separator: "; "), findings: judges.flatMap(\.findings))
  }

  private static func packets(_ target: Target) -> [FirewallQuestion.Packet] {
    guard target.transport == .udp else { return [.tcp(port: target.port)] }
    let datagram = FirewallQuestion.Packet.udp(port: target.port)
    return target.checkType == .ping ? [.echoRequest, datagram] : [datagram]
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
