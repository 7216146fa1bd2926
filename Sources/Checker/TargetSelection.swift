package import Addressing
package import Collectors
import Host
package import LoadBalancer

/// Which targets to follow: those that were named, or those that the host itself betrays.
package struct TargetSelection: Sendable, Hashable, Codable {
  package var targets: [Target]
  package var origin: TargetOrigin

  /// Gives named targets their addresses, or learns targets from the facts when none is named.
  ///
  /// - Parameters:
  ///   - named: as typed; empty to learn.
  ///   - namedIn: where they were named.
  ///   - healthCheck: the parameters of every target; a URL's path overrides theirs.
  /// - Throws: when a target needs the private address, and the host's addresses are not known.
  package init(
    named: [TargetURL], namedIn: TargetOrigin = .named, sources: [AddressPrefix],
    healthCheck: HealthCheck, facts: HostFacts
  ) throws(TargetSelectionError) {
    guard named.isEmpty else {
      origin = namedIn
      targets = []
      for url in named {
        let target = try TargetSelection.target(url, sources, healthCheck, facts)
        if !targets.contains(target) { targets.append(target) }
      }
      return
    }
    let learned = TargetSelection.learn(facts)
    origin = learned.origin
    targets = []
    for port in learned.ports {
      let url = TargetURL(transport: .tcp, address: nil, port: port)
      targets.append(try TargetSelection.target(url, sources, healthCheck, facts))
    }
  }

  private static func target(
    _ url: TargetURL, _ sources: [AddressPrefix], _ healthCheck: HealthCheck, _ facts: HostFacts
  ) throws(TargetSelectionError) -> Target {
    guard let address = url.address ?? facts.privateAddresses.first else {
      throw TargetSelectionError(reason: facts.interfaces.reasonMissing)
    }
    var check = healthCheck
    if let path = url.path { check.httpCheckPath = path }
    return Target(
      transport: url.transport, address: address, port: url.port, sources: sources,
      healthCheck: check)
  }

  /// Ports that the probes' range is talking to, else every TCP port that is reachable from outside.
  private static func learn(_ facts: HostFacts) -> (ports: [UInt16], origin: TargetOrigin) {
    if let traffic = facts.probeTraffic.value, !traffic.connections.isEmpty {
      return (traffic.connections.keys.sorted(), .traffic)
    }
    let outside = facts.sockets.all.filter { $0.table.isTCP && !$0.address.isLoopback }
    return (Set(outside.map(\.port)).sorted(), .listeningSockets)
  }
}

/// A target without an address on a host whose private address is not known.
package struct TargetSelectionError: Error, Sendable, Hashable, CustomStringConvertible {
  package var reason: String?

  package var description: String {
    "the host's private address is unknown"
      + (reason.map { " (\($0))" } ?? ", for no interface but lo has an address")
      + "; name it in the target, as in http://10.0.0.5:80/"
  }
}
