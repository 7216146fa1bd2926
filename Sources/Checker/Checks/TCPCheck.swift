import Collectors
import Host
import LoadBalancer

/// Whether the kernel drops SYNs for their timestamps.
package enum TCPCheck: Check {
  package static let declaration = CheckDeclaration(
    name: "tcp",
    summary: "Does the kernel drop SYNs because tcp_tw_recycle and tcp_timestamps are both on?",
    reason: """
      With both on, a kernel before 4.12 remembers the last TCP timestamp of every remote address for \
      a minute, and drops a SYN from that address whose timestamp is older. Several probers, or \
      clients behind one NAT, share an address and no clock: most of their SYNs vanish without a \
      reset. `PAWSPassive` of `/proc/net/netstat` counts them. Turning off `tcp_tw_recycle` alone is \
      enough. Kernel 4.12 removed it.
      """,
    reads: [
      "/proc/sys/net/ipv4/tcp_tw_recycle", "/proc/sys/net/ipv4/tcp_timestamps",
      "/proc/net/netstat (TcpExt PAWSPassive)",
    ],
    findings: [
      FindingDeclaration(
        id: FindingID(rawValue: "tcp.tw-recycle-with-timestamps"), layer: .layer4,
        severities: [.warn, .unknown],
        meaning: "tcp_tw_recycle and tcp_timestamps are both on, so SYNs of addresses that several "
          + "machines share are dropped",
        remedy: "set net.ipv4.tcp_tw_recycle to 0, for now and in sysctl.conf")
    ],
    sources: [
      "https://www.tencentcloud.com/document/product/214/38451",
      "https://www.tencentcloud.com/document/product/214/10328",
      "https://git.kernel.org/linus/4396e46187ca5070219b81773c4e65088dac50cc",
    ])

  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    guard question.target.transport != .udp else { return .notOnTheWay }
    let parameters = question.facts.parameters
    let recycle = parameters[.tcpTimeWaitRecycle]
    let timestamps = parameters[.tcpTimestamps]
    switch (recycle, timestamps) {
    case (.absent, _):
      return HopOutcome("this kernel has no tcp_tw_recycle")
    case (.value(0, _), _): return HopOutcome("tcp_tw_recycle is off")
    case (.value, .value(0, _)): return HopOutcome("tcp_tw_recycle is on without tcp_timestamps")
    case (.value(let first, _), .value(let second, _)):
      return HopOutcome(bothOn(first, second, question.facts))
    default:
      let reason = recycle.reasonMissing ?? timestamps.reasonMissing ?? ""
      return HopOutcome(
        declaration.finding(
          "tw-recycle-with-timestamps", .unknown,
          "whether tcp_tw_recycle and tcp_timestamps are both on is unknown: \(reason)"))
    }
  }

  private static func bothOn(_ recycle: Int, _ timestamps: Int, _ facts: HostFacts) -> Finding {
    let rejected = facts.counted(.timestampRejectedSYNs)
    // A count since the start proves that it happened here, and not that it happens now.
    let count = rejected.map { ", as \($0.total) were since this host started" } ?? ""
    return declaration.finding(
      "tw-recycle-with-timestamps", .warn,
      "tcp_tw_recycle and tcp_timestamps are both on: SYNs of probers that share an address are "
        + "dropped" + count,
      evidence: [
        Evidence(source: "/proc/sys/net/ipv4/tcp_tw_recycle", text: String(recycle)),
        Evidence(source: "/proc/sys/net/ipv4/tcp_timestamps", text: String(timestamps)),
      ] + (rejected.map { [$0.evidence] } ?? []),
      remedies: facts.sysctlRemedies(.tcpTimeWaitRecycle, to: 0, why: "turn tcp_tw_recycle off"))
  }
}
