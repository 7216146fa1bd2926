import Addressing
import Collectors
import Host

extension HostFacts {
  /// Gives answers to these sources a route by the interface that their probes come in by.
  ///
  /// Where no route matches, a new one does. Where another route owns the sources, a new route beside
  /// it would lose against it or take its traffic away, so the new one gets a table of its own, for
  /// packets from the probed address alone; such a rule comes before every rule but that of `local`.
  func returnRouteRemedies(_ parts: [ReplyPaths.Part], _ paths: ReplyPaths) -> [Remedy] {
    let name = paths.arrival.name
    guard let gateway = gateway(on: paths.arrival, paths.local.family), shellQuoted(name) == name
    else { return [unknownGateway(parts, paths)] }
    let way = "via \(gateway) dev \(name)" + (isOnLink(gateway, paths.arrival) ? "" : " onlink")
    let isUnowned = parts.allSatisfy { $0.way == .none(.noRoute) }
    let ip = paths.local.family == .ipv4 ? "ip" : "ip -6"
    let change =
      isUnowned
      ? RouteChange(ip, routes: paths.sources.map(\.words), way)
      : RouteChange(
        ip, sources: isMainDefault(parts) ? nil : paths.sources, from: paths.local, way,
        table: unusedTable)
    return [
      Remedy(
        summary:
          "send answers from \(paths.local) by \(name), until the next boot; write the same into "
          + "the network configuration to keep it",
        commands: change.commands, persistence: .temporary, undo: change.undo,
        verify: verification(parts, paths))
    ]
  }

  private func unknownGateway(_ parts: [ReplyPaths.Part], _ paths: ReplyPaths) -> Remedy {
    Remedy(
      summary: "add a route from \(paths.local) to \(paths.words(parts.map(\.span))) by "
        + "\(paths.arrival.name), by the gateway of its subnet, which no route here names",
      verify: verification(parts, paths))
  }

  private func verification(_ parts: [ReplyPaths.Part], _ paths: ReplyPaths) -> String? {
    parts.first.map {
      "\(paths.local.family == .ipv4 ? "ip" : "ip -6") route get \($0.span.first) from \(paths.local)"
    }
  }

  /// Whether the main table's default route owns the sources: clients' answers leave there as well.
  private func isMainDefault(_ parts: [ReplyPaths.Part]) -> Bool {
    parts.allSatisfy { part in
      guard case .leaves(let route) = part.way else { return false }
      return route.destination.length == 0 && route.table == 254
    }
  }

  /// The gateway that a route by this interface names, that of a default route before others.
  private func gateway(
    on interface: NetworkInterface, _ family: IPAddress.Family
  ) -> IPAddress? {
    let routes = (family == .ipv4 ? routes : routes6).value ?? []
    let named = routes.filter { $0.type == 1 && $0.destination.base.family == family }
      .sorted { ($0.destination.length, $0.metric) < ($1.destination.length, $1.metric) }
    return named.flatMap(\.hops).first {
      $0.interfaceIndex == interface.index && $0.gateway?.family == family
    }?.gateway
  }

  private func isOnLink(_ gateway: IPAddress, _ interface: NetworkInterface) -> Bool {
    gateway.family == .ipv6 && gateway.isLinkLocal
      || interface.addresses.contains {
        AddressPrefix($0.address, length: $0.prefixLength)?.contains(gateway) ?? false
      }
  }

  /// A table without a route. 253 to 255 are the kernel's own.
  private var unusedTable: Int {
    let used = Set(((routes.value ?? []) + (routes6.value ?? [])).map(\.table))
    return (100...252).first { !used.contains(UInt32($0)) } ?? 4242
  }
}

/// Commands that add a way, and that take it away again.
private struct RouteChange {
  private(set) var commands: [String]
  private(set) var undo: [String]

  /// Routes in the main table.
  init(_ ip: String, routes: [String], _ way: String) {
    commands = routes.map { "\(ip) route replace \($0) \(way)" }
    undo = routes.reversed().map { "\(ip) route del \($0) \(way)" }
  }

  /// A table of its own for one address: for all its packets, or for those to these ranges.
  init(_ ip: String, sources: [AddressPrefix]?, from local: IPAddress, _ way: String, table: Int) {
    let selectors = sources?.map { "from \(local) to \($0)" } ?? ["from \(local)"]
    let rules = selectors.map { "\($0) lookup \(table)" }
    let route = "default \(way) table \(table)"
    commands = ["\(ip) route replace \(route)"] + rules.map { "\(ip) rule add \($0)" }
    undo = rules.reversed().map { "\(ip) rule del \($0)" } + ["\(ip) route del \(route)"]
  }
}
