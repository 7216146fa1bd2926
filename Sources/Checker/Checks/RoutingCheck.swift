import Addressing
import Collectors
import Host
import LoadBalancer

/// Whether the answer to a probe finds its way back, and the reverse-path filter lets the probe in.
package enum RoutingCheck: Check {
  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    let target = question.target
    guard !target.address.isLoopback else { return .notOnTheWay }
    let facts = question.facts
    guard facts.interfaces.value != nil else {
      return HopOutcome(wayUnknown(facts.interfaces.reasonMissing ?? ""))
    }
    // An address that is not here answers nothing, which is the address hop's to say.
    guard facts.holds(target.address), !facts.isTentative(target.address) else {
      return .notOnTheWay
    }
    // CLB's documents name no source of the probes of an IPv6 address.
    let sources = target.sourcesOfItsFamily
    guard !sources.isEmpty else {
      return HopOutcome(
        declaration.finding(
          "no-route-back", .unknown,
          "the way back is unknown, for nobody said where probes of \(target.address) come from",
          remedies: [
            Remedy(
              summary: "name the address or range that the CLB's probes come from, with --source")
          ]))
    }
    guard let arrival = facts.arrival(of: target.address) else {
      return HopOutcome(
        filterUnknown("by which interface probes of \(target.address) come in is not known"))
    }
    if let domain = facts.routingDomain(of: arrival) {
      let reason = "\(arrival.name) is in the VRF \(domain.name), whose routes were not asked"
      return HopOutcome(wayUnknown(reason))
    }
    let paths = ReplyPaths(
      from: target.address, to: sources, arrival: arrival, facts: facts)
    let findings = [
      unrouted(paths, facts), filtered(paths, facts), captured(paths, facts), unasked(paths),
    ].compactMap(\.self)
    guard let worst = findings.min(by: { $0.severity < $1.severity }) else {
      return HopOutcome("answers leave by \(arrival.name), as probes come in")
    }
    return HopOutcome(worst.summary, findings: findings)
  }

  private static func unrouted(_ paths: ReplyPaths, _ facts: HostFacts) -> Finding? {
    let parts = paths.unrouted
    guard !parts.isEmpty else { return nil }
    let isDropped = paths.filter == .strict || paths.filter == .loose
    return declaration.finding(
      "no-route-back", paths.isDeadEnd ? .fail : .warn,
      "no route leads from \(paths.local) back to \(paths.words(parts.map(\.span)))"
        + (isDropped ? ", so rp_filter drops probes from there" : ""),
      evidence: facts.evidence(of: parts, paths),
      remedies: facts.returnRouteRemedies(parts, paths))
  }

  private static func filtered(_ paths: ReplyPaths, _ facts: HostFacts) -> Finding? {
    if case .unknown(let reason) = paths.filter, !paths.elsewhere.isEmpty {
      return filterUnknown(reason)
    }
    let parts = paths.filtered
    guard !parts.isEmpty else { return nil }
    let name = paths.arrival.name
    let filter = facts.parameters.effective(.reversePathFilter, on: name)
    let setting = Evidence(
      source: filter.source.description, text: filter.value.map(String.init) ?? "")
    return declaration.finding(
      "reverse-path-filter", paths.isDeadEnd ? .fail : .warn,
      "rp_filter 1 on \(name) drops probes from \(paths.words(parts.map(\.span))): the way back is by "
        + facts.interfaceNames(parts),
      evidence: facts.evidence(of: parts, paths) + [setting]
        + [facts.counted(.reversePathFilterDrops)?.evidence].compactMap(\.self),
      remedies: facts.returnRouteRemedies(parts, paths)
        + facts.sysctlRemedies(
          .ofInterface(.reversePathFilter, name), to: 2,
          why: "take probes although answers leave by \(facts.interfaceNames(parts))"))
  }

  private static func captured(_ paths: ReplyPaths, _ facts: HostFacts) -> Finding? {
    let parts = paths.captured
    guard !parts.isEmpty else { return nil }
    let verb = paths.elsewhere.isEmpty ? "may leave" : "leave"
    return declaration.finding(
      "sources-captured", .warn,
      "answers to \(paths.words(parts.map(\.span))) \(verb) by "
        + "\(facts.interfaceNames(parts, besides: paths.arrival.index)), and probes come in by "
        + paths.arrival.name,
      evidence: facts.evidence(of: parts, paths),
      remedies: facts.returnRouteRemedies(parts, paths))
  }

  private static func unasked(_ paths: ReplyPaths) -> Finding? {
    if let reason = paths.reasonsUnknown.first { return wayUnknown(reason) }
    guard !paths.unasked.isEmpty else { return nil }
    let count = paths.unasked.count
    return declaration.finding(
      "sources-captured", .unknown,
      "routes cut the sources into more than \(ReplyRoutes.partLimit) parts, and where answers to "
        + "\(count == 1 ? "one small part" : "\(count) small parts") leave was not asked")
  }

  private static func wayUnknown(_ reason: String) -> Finding {
    declaration.finding(
      "no-route-back", .unknown, "the way back to the probes' sources is unknown: \(reason)")
  }

  private static func filterUnknown(_ reason: String) -> Finding {
    declaration.finding(
      "reverse-path-filter", .unknown, "whether rp_filter drops probes is unknown: \(reason)")
  }
}

extension HostFacts {
  /// The routes of these parts as ip(8) prints them, each once, and at most six.
  fileprivate func evidence(of parts: [ReplyPaths.Part], _ paths: ReplyPaths) -> [Evidence] {
    var lines: [Evidence] = []
    for part in parts {
      let text =
        switch part.way {
        case .leaves(let route): words(route)
        case .notRemote: ""
        case .none(let refusal): "\(part.span.first) from \(paths.local): \(refusal.rawValue)"
        }
      guard !lines.contains(where: { $0.text == text }) else { continue }
      lines.append(Evidence(source: part.source.description, text: text))
    }
    return Array(lines.prefix(6))
  }

  /// `tailscale0`, `eth0 and tun1`: where these parts' answers leave.
  fileprivate func interfaceNames(
    _ parts: [ReplyPaths.Part], besides arrival: UInt32? = nil
  ) -> String {
    var names: [String] = []
    for case .leaves(let route) in parts.map(\.way) {
      for hop in route.hops where hop.interfaceIndex != arrival {
        let name = interfaceName(hop.interfaceIndex)
        if !names.contains(name) { names.append(name) }
      }
    }
    return names.joined(separator: " and ")
  }

  /// A route as `ip route` prints it, without the protocol and scope.
  private func words(_ route: Route) -> String {
    func way(_ hop: NextHop) -> String {
      let via = hop.gateway.map { gateway in
        gateway.family == route.destination.base.family
          ? "via \(gateway) " : "via inet6 \(gateway) "
      }
      return "\(via ?? "")dev \(interfaceName(hop.interfaceIndex))"
    }
    let ways =
      route.hops.count == 1
      ? route.hops.map(way) : route.hops.map { "nexthop \(way($0))" }
    return
      ([route.destination.words] + ways
      + [
        route.table == 254 ? nil : "table \(route.table)",
        route.preferredSource.map { "src \($0)" },
        route.metric == 0 ? nil : "metric \(route.metric)",
      ].compactMap(\.self)).joined(separator: " ")
  }
}
