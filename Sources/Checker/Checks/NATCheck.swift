import Collectors
import Host
import LoadBalancer
import PacketFilter
import Probes

/// Whether something answers where rules send the probe.
package enum NATCheck: Check {
  package static let declaration = CheckDeclaration(
    name: "nat",
    summary: "Does something answer where rules send the probe?",
    reason: """
      DNAT and REDIRECT rules, Docker's published ports and service meshes send a packet to another \
      port, a container or another host before any socket of the probed port is looked for. When nobody \
      listens there, the probe is refused although a service listens on the probed port.
      """,
    reads: ["the packet filter's rules", "the listening sockets", "the agent's own probe"],
    findings: [
      FindingDeclaration(
        id: FindingID(rawValue: "nat.dead-destination"), layer: .layer4,
        severities: [.fail, .unknown],
        meaning: "rules send the probe to where nothing answers",
        remedy: "start the service there, or take the rule away")
    ],
    sources: ["https://wiki.nftables.org/wiki-nftables/index.php/Netfilter_hooks"])

  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    switch question.translation {
    case nil: .notOnTheWay
    case .local: local(question)
    case .elsewhere(let place): elsewhere(place, question)
    }
  }

  private static func local(_ question: CheckQuestion) -> HopOutcome {
    let target = question.delivered.target
    let search = SocketSearch(question.delivered)
    if let socket = search.accepting.first {
      return HopOutcome(
        "rules send the probe to \(target.endpoint), where \(question.facts.ownerName(of: socket)) "
          + "listens")
    }
    if let reason = search.reasonUnknown {
      return HopOutcome(declaration.finding("dead-destination", .unknown, reason))
    }
    return HopOutcome(
      declaration.finding(
        "dead-destination", .fail,
        "rules send the probe to \(target.endpoint), and nothing listens there",
        evidence: evidence(question),
        remedies: [
          Remedy(
            summary: "start the service that is to answer on \(target.endpoint), or take away the "
              + "rule that sends the probe there", verify: target.listeningCommand)
        ]))
  }

  /// A container answers the agent as it answers the CLB; nothing else about it is seen from here.
  private static func elsewhere(_ place: String, _ question: CheckQuestion) -> HopOutcome {
    if question.isAnswered {
      return HopOutcome("rules send the probe on to \(place), which answers")
    }
    let reason =
      question.probes == nil ? "no probe was made" : "the agent's own probe was not answered"
    return HopOutcome(
      declaration.finding(
        "dead-destination", .unknown,
        "rules send the probe on to \(place), and whether anything answers there is unknown: \(reason)",
        evidence: evidence(question)))
  }

  private static func evidence(_ question: CheckQuestion) -> [Evidence] {
    guard let redirection = question.facts.packetFilter.outlines.redirection else { return [] }
    return [Evidence(source: redirection.source.description, text: redirection.rule)]
  }
}
