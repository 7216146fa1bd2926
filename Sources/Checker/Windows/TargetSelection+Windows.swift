package import Addressing
import Host
package import LoadBalancer
package import Windows

extension TargetSelection {
  /// The targets of a Windows host that documents of the CLB's listeners name.
  ///
  /// - Throws: when the host's addresses are not known, or no listener has it behind it.
  package init(
    listeners: CloudDescription, facts: WindowsFacts
  ) throws(TargetSelectionError) {
    try self.init(
      listeners: listeners,
      server: RealServer(addresses: facts.configuration.value?.privateAddresses ?? []),
      reasonMissing: facts.configuration.reasonMissing)
  }

  /// Gives named targets their addresses, or learns targets from a Windows host's sockets.
  ///
  /// - Parameters:
  ///   - sources: where probes of learned targets come from.
  ///   - healthCheck: the parameters of learned targets.
  /// - Throws: when a target needs the private address, and the host's addresses are not known.
  package init(
    named: [NamedTarget], namedIn: TargetOrigin = .named, sources: [AddressPrefix],
    healthCheck: HealthCheck, facts: WindowsFacts
  ) throws(TargetSelectionError) {
    let learned = LearnedWindowsTargets(facts, sources)
    origin = named.isEmpty ? learned.origin : namedIn
    targets = []
    let followed =
      named.isEmpty
      ? learned.urls.map { NamedTarget(url: $0, sources: sources, healthCheck: healthCheck) }
      : named
    for named in followed {
      guard
        let target = named.target(
          privateAddress: facts.configuration.value?.privateAddresses.first)
      else {
        throw .addressUnknown(
          reason: facts.configuration.reasonMissing ?? "ipconfig lists no IPv4 address")
      }
      if !targets.contains(target) { targets.append(target) }
    }
  }
}

/// The ports that a Windows host itself betrays.
private struct LearnedWindowsTargets {
  let urls: [TargetURL]
  let origin: TargetOrigin

  /// Ports that the probes' sources are connected to, else every TCP port that is reachable from outside
  /// and none of Windows' own.
  init(_ facts: WindowsFacts, _ sources: [AddressPrefix]) {
    let listing = facts.sockets.value
    let connections = listing?.connections(from: sources) ?? []
    origin = connections.isEmpty ? .listeningSockets : .traffic
    let reachable = (listing?.waiting(.tcp) ?? []).filter { row in
      let address = row.local.address
      return !facts.isSystemService(row) && !address.isLoopback && !address.isLinkLocal
        && address != .v6(0)
    }
    let places = (connections.isEmpty ? reachable : connections).map(\.local)
    var urls: [TargetURL] = []
    for place in places.sorted(by: { ($0.port, $0.address) < ($1.port, $1.address) }) {
      let address = place.address.isUnspecified ? nil : place.address.unmapped
      let url = TargetURL(transport: .tcp, address: address, port: place.port)
      // A socket of every address takes what one of a single address would name again.
      let isNamed = urls.contains { $0.port == url.port && ($0.address ?? address) == address }
      if !isNamed { urls.append(url) }
    }
    self.urls = urls
  }
}
