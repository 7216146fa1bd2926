import Addressing
import Collectors
import Host
import LoadBalancer

/// Whether the probed address is on this host, and its interface is up.
package enum AddressCheck: Check {
  package static let declaration = CheckDeclaration(
    name: "address",
    summary: "Is the probed address on an interface of this host that is up?",
    reason: """
      A CLB reaches a real server by the private address that it is bound with. When that address is \
      not on this host, because it moved, was mistyped, or sits on an interface that is down, the \
      kernel has nothing to answer with. And when this host itself holds an address that probes come \
      from (a virtual IP bound to `lo`, `dummy` or `kube-ipvs0`, or a VPN inside 100.64.0.0/10), the \
      kernel takes such probes for forged ones and drops them; only `in_martian_src` of \
      `/proc/net/stat/rt_cache` tells.
      """,
    reads: ["rtnetlink(7) links, addresses and routes of the table local"],
    findings: [
      FindingDeclaration(
        id: FindingID(rawValue: "address.not-on-host"), layer: .layer4,
        severities: [.fail, .unknown],
        meaning: "no interface of this host has the probed address",
        remedy: "bind the real server with its own private address, or add the address here"),
      FindingDeclaration(
        id: FindingID(rawValue: "address.interface-down"), layer: .layer4,
        severities: [.fail, .warn],
        meaning: "the interface that has the probed address is down, or has no carrier",
        remedy: "bring the interface up"),
      FindingDeclaration(
        id: FindingID(rawValue: "address.source-held-locally"), layer: .layer4,
        severities: [.fail, .info],
        meaning: "this host itself holds an address that probes come from",
        remedy: "remove the address, or let the check come from 100.64.0.0/10 (SourceIpType 1)"),
    ],
    sources: [
      "https://www.tencentcloud.com/document/product/214/5411",
      "https://www.tencentcloud.com/document/product/214/54819",
    ])

  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    let target = question.target
    guard let interfaces = question.facts.interfaces.value else {
      let reason = question.facts.interfaces.reasonMissing ?? ""
      return HopOutcome(
        declaration.finding("not-on-host", .unknown, "the host's addresses are unknown: \(reason)"))
    }
    let held = heldSources(target, interfaces)
    guard let interface = interfaces.first(where: { $0.holds(target.address) }) else {
      guard let route = question.facts.localRoute(to: target.address) else {
        return HopOutcome("", findings: [notOnHost(target, interfaces)] + held)
      }
      return HopOutcome(
        "\(target.address) is this host's own by the local route \(route.destination)",
        findings: held)
    }
    guard interface.isUp, interface.hasCarrier else {
      return HopOutcome("", findings: [down(interface, target)] + held)
    }
    return HopOutcome("\(target.address) is on \(interface.name), which is up", findings: held)
  }

  private static func notOnHost(_ target: Target, _ interfaces: [NetworkInterface]) -> Finding {
    let lines = interfaces.filter { !$0.isLoopback }.map { interface in
      let addresses = interface.addresses.map { "\($0.address)/\($0.prefixLength)" }
      return Evidence(
        source: "rtnetlink(7)", text: "\(interface.name): \(addresses.joined(separator: " "))")
    }
    return declaration.finding(
      "not-on-host", .fail, "no interface of this host has the address \(target.address)",
      evidence: lines,
      remedies: [
        Remedy(
          summary: "bind the real server in the CLB console with an address that this host has",
          verify: "ip -brief address")
      ])
  }

  /// An interface that is down has lost its addresses' local routes. One without a carrier has not:
  /// the kernel still answers for it to what comes in elsewhere.
  private static func down(_ interface: NetworkInterface, _ target: Target) -> Finding {
    let state = interface.isUp ? "has no carrier" : "is down"
    let name = shellQuoted(interface.name)
    return declaration.finding(
      "interface-down", interface.isUp ? .warn : .fail,
      "\(interface.name), which has \(target.address), \(state)",
      evidence: [Evidence(source: "rtnetlink(7)", text: "\(interface.name): \(state)")],
      remedies: [
        interface.isUp
          ? Remedy(
            summary: "find out why \(interface.name) has no carrier: its cable, its peer or its "
              + "virtual port", verify: "ip -brief link show dev \(name)")
          : Remedy(
            summary: "bring \(interface.name) up", commands: ["ip link set dev \(name) up"],
            persistence: .temporary, undo: ["ip link set dev \(name) down"],
            verify: "ip -brief link show dev \(name)")
      ])
  }

  /// Sources of probes that are this host's own: one of a wide range costs that one prober alone.
  private static func heldSources(
    _ target: Target, _ interfaces: [NetworkInterface]
  ) -> [Finding] {
    interfaces.flatMap { interface in
      interface.addresses.compactMap { held in
        guard let source = target.sources.first(where: { $0.contains(held.address) }) else {
          return nil
        }
        let isOnlySource = source.length == source.base.family.bitCount && target.sources.count == 1
        return declaration.finding(
          "source-held-locally", isOnlySource ? .fail : .info,
          "\(interface.name) holds \(held.address), so the kernel drops probes from that address",
          evidence: [
            Evidence(
              source: "rtnetlink(7)",
              text: "\(interface.name): \(held.address)/\(held.prefixLength)")
          ],
          remedies: isOnlySource
            ? [
              Remedy(
                summary: "set SourceIpType of the health check to 1, so that probes come from "
                  + "\(ProbeSources.range)")
            ] : [])
      }
    }
  }
}

extension NetworkInterface {
  /// Whether one of its addresses is this one.
  func holds(_ address: IPAddress) -> Bool { addresses.contains { $0.address == address } }
}
