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
        id: FindingID(rawValue: "address.not-ready"), layer: .layer4, severities: [.fail],
        meaning: "the IPv6 address is still tentative, or another host has it too",
        remedy: "take the address away from the other host, and set it anew"),
      FindingDeclaration(
        id: FindingID(rawValue: "address.xdp-program"), layer: .layer4, severities: [.unknown],
        meaning: "an XDP program sees packets before the kernel does, and may drop them",
        remedy: "find out what the program does"),
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
    let held = heldSources(target, interfaces) + programs(question)
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
    let unready = notReady(interface, target, question.facts).map { [$0] } ?? []
    return HopOutcome(
      "\(target.address) is on \(interface.name), which is up", findings: unready + held)
  }

  /// The kernel gives no answer on an address that duplicate address detection has not passed.
  private static func notReady(
    _ interface: NetworkInterface, _ target: Target, _ facts: HostFacts
  ) -> Finding? {
    guard facts.isTentative(target.address) else { return nil }
    let name = shellQuoted(interface.name)
    return declaration.finding(
      "not-ready", .fail,
      "\(target.address) on \(interface.name) is tentative, or its duplicate was found, so the kernel "
        + "does not answer on it",
      evidence: [
        Evidence(source: "rtnetlink(7)", text: "\(interface.name): \(target.address) tentative")
      ],
      remedies: [
        Remedy(
          summary: "find the other host that has \(target.address), and set the address anew",
          verify: "ip -6 address show dev \(name) tentative")
      ])
  }

  /// Programs on the interface by which probes come in: what they do to a packet is theirs alone.
  private static func programs(_ question: CheckQuestion) -> [Finding] {
    guard let arrival = question.facts.arrival(of: question.target.address),
      let program = arrival.xdpProgram
    else { return [] }
    let id = program.id.map { " id \($0)" } ?? ""
    return [
      declaration.finding(
        "xdp-program", .unknown,
        "an XDP program on \(arrival.name) sees probes before the kernel does, and whether it drops "
          + "them is unknown",
        evidence: [
          Evidence(source: "rtnetlink(7)", text: "\(arrival.name): \(program.mode)\(id)")
        ],
        remedies: [
          Remedy(
            summary: "find out whose program it is",
            commands: [
              "bpftool prog show\(id)",
              "ip -details link show dev "
                + shellQuoted(arrival.name),
            ])
        ])
    ]
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
