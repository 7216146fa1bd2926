import Collectors
import Host

/// Whether rules of the packet filter take the probe.
///
/// This version says with certainty that there are no rules, and names who owns those that are there;
/// it does not yet decide what they do to the probe, and says so.
package enum PacketFilterCheck: Check {
  package static let declaration = CheckDeclaration(
    name: "packet-filter",
    summary: "Can a rule of the packet filter drop the probe?",
    reason: """
      A rule that drops or rejects 100.64.0.0/10, or all addresses but some, takes the probe before \
      any socket sees it, and no counter but the rule's own moves. Such rules come from firewalld, \
      ufw, Docker, fail2ban, Tailscale's `ts-input`, a security agent, or by hand; legacy iptables and \
      nf_tables rules are all in force together.

      On a host without any rule nothing can be dropped, and that is a pass. Where there are rules, \
      their owners are named and the verdict is "unknown": what the rules do to the probe is not \
      decided by this version. A connection from the host to itself decides nothing either, for it \
      comes in by `lo`.
      """,
    reads: [
      "iptables-legacy-save, ip6tables-legacy-save", "nft -j list ruleset",
      "iptables-nft-save, ip6tables-nft-save", "ipset save",
    ],
    findings: [
      FindingDeclaration(
        id: FindingID(rawValue: "packet-filter.undecided"), layer: .layer4, severities: [.unknown],
        meaning: "there are rules, and what they do to the probe is not decided",
        remedy: "read the rules of the owners that are named"),
      FindingDeclaration(
        id: FindingID(rawValue: "packet-filter.unreadable"), layer: .layer4, severities: [.unknown],
        meaning: "the rules could not be read",
        remedy: "run as root, or install the tool that lists them"),
    ],
    sources: [
      "https://www.tencentcloud.com/document/product/214/54819",
      "https://www.tencentcloud.com/document/product/214/38451",
    ])

  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    let outlines = question.facts.packetFilter.outlines
    switch outlines.presence {
    case .nothing:
      return HopOutcome("there is no rule of any kind")
    case .unknown(let reasons):
      return HopOutcome(
        declaration.finding(
          "unreadable", .unknown,
          "the packet filter's rules could not be read: \(reasons.joined(separator: "; "))",
          remedies: remedies(outlines, question.facts)))
    case .something: return HopOutcome(undecided(outlines, question.facts))
    }
  }

  /// What lets the agent read what it could not: power where it was refused, a tool where there is none.
  private static func remedies(_ outlines: PacketFilterOutlines, _ facts: HostFacts) -> [Remedy] {
    var remedies: [Remedy] = []
    for listing in outlines.all {
      switch listing {
      case .denied:
        remedies.append(
          Remedy(summary: "run the agent as root", commands: ["sudo clb-agent inspect"]))
      case .absent(.command(let words)):
        guard let tool = words.first,
          let manager = facts.identity.distribution.value?.packageManager
        else { continue }
        let package = tool == "nft" ? "nftables" : "iptables"
        remedies.append(
          Remedy(
            summary: "install the tool that lists the rules, \(tool)",
            commands: [manager.installCommand(package)], verify: "command -v \(tool)"))
      case .value, .absent, .failed: continue
      }
    }
    return Array(Set(remedies)).sorted { $0.summary < $1.summary }
  }

  private static func undecided(
    _ outlines: PacketFilterOutlines, _ facts: HostFacts
  ) -> Finding {
    let owners = ActiveOwners(outlines).owners
    let names = owners.map(\.owner.words).joined(separator: ", ")
    let running = facts.services.running.filter(\.name.ownsPacketFilter).map(\.name.rawValue)
    let services = running.isEmpty ? "" : "; running: \(running.joined(separator: ", "))"
    return declaration.finding(
      "undecided", .unknown,
      "there are packet-filter rules (\(names)\(services)), and this version does not decide what they "
        + "do to the probe",
      evidence: owners.map { Evidence(source: $0.source.description, text: $0.evidence) })
  }
}

extension PacketFilterOwner {
  /// The owner as people call it.
  fileprivate var words: String {
    switch self {
    case .tencentHostSecurity: "Tencent's host security agent"
    case .handWritten: "hand-written"
    case .firewalld, .ufw, .docker, .podman, .libvirt, .fail2ban, .tailscale, .kubernetes: rawValue
    }
  }
}

extension PacketFilterCheck {
  /// Which finding of this check leaves open what a rule does to a packet; `nil` without any rule.
  static func doubt(_ outlines: PacketFilterOutlines) -> FindingID? {
    switch outlines.presence {
    case .nothing: nil
    case .something: FindingID(rawValue: "packet-filter.undecided")
    case .unknown: FindingID(rawValue: "packet-filter.unreadable")
    }
  }

  /// Why a packet to a port without a socket might be answered after all; `nil` where it cannot.
  ///
  /// Rules that redirect it, or rules that nobody could read.
  static func redirectionDoubt(
    _ outlines: PacketFilterOutlines
  ) -> (reason: String, cause: FindingID)? {
    guard let cause = doubt(outlines) else { return nil }
    if let redirection = outlines.redirection {
      return ("a rule may redirect the probe: \(redirection.rule)", cause)
    }
    guard case .unknown = outlines.presence else { return nil }
    return ("a rule that could not be read may redirect the probe", cause)
  }
}
