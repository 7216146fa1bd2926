import Collectors
import Host

/// Whether the connection-tracking table has room for one more connection.
package enum ConntrackCheck: Check {
  package static let declaration = CheckDeclaration(
    name: "conntrack",
    summary: "Has the connection-tracking table room for one more connection?",
    reason: """
      With rules that look at a connection's state, or NAT, the kernel tracks every connection in one \
      table. When it is full, packets of new connections are dropped, and no TCP counter moves: only \
      the `drop` column of `/proc/net/stat/nf_conntrack` and the kernel's log tell.
      """,
    reads: [
      "/proc/sys/net/netfilter/nf_conntrack_count", "/proc/sys/net/netfilter/nf_conntrack_max",
    ],
    findings: [
      FindingDeclaration(
        id: FindingID(rawValue: "conntrack.table-full"), layer: .layer4,
        severities: [.fail, .unknown],
        meaning: "the connection-tracking table is full, so new connections are dropped",
        remedy: "raise net.netfilter.nf_conntrack_max"),
      FindingDeclaration(
        id: FindingID(rawValue: "conntrack.nearly-full"), layer: .layer4, severities: [.warn],
        meaning:
          "the connection-tracking table is at least nine tenths full, or as full as the settings say",
        remedy: "raise net.netfilter.nf_conntrack_max"),
    ],
    sources: ["https://www.kernel.org/doc/html/latest/networking/nf_conntrack-sysctl.html"])

  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    let count = question.facts.parameters[.conntrackCount]
    let limit = question.facts.parameters[.conntrackMax]
    switch (count, limit) {
    case (.absent, _), (_, .absent):
      return HopOutcome("this kernel tracks no connections")
    case (.value(let count, _), .value(let limit, _)):
      // 0 means no limit: nf_conntrack_alloc() compares only when there is one.
      let nearlyFull = question.thresholds.conntrack
      guard limit > 0, Thresholds.reaches(nearlyFull, part: count, of: limit) else {
        return HopOutcome("\(count) of \(limit) connections are tracked")
      }
      return HopOutcome(crowded(count, limit, question.facts))
    default:
      let reason = count.reasonMissing ?? limit.reasonMissing ?? ""
      return HopOutcome(
        declaration.finding(
          "table-full", .unknown, "whether the table is full is unknown: \(reason)"))
    }
  }

  private static func crowded(_ count: Int, _ limit: Int, _ facts: HostFacts) -> Finding {
    let isFull = count >= limit
    return declaration.finding(
      isFull ? "table-full" : "nearly-full", isFull ? .fail : .warn,
      "\(count) of \(limit) connections are tracked"
        + (isFull ? ", so packets of new ones are dropped" : ""),
      evidence: [
        Evidence(source: "/proc/sys/net/netfilter/nf_conntrack_count", text: String(count)),
        Evidence(source: "/proc/sys/net/netfilter/nf_conntrack_max", text: String(limit)),
      ],
      remedies: facts.sysctlRemedies(
        .conntrackMax, to: max(65_536, min(limit, 1 << 29) * 2),
        why: "make room for more connections"))
  }
}
