package import Addressing
package import Collectors
import Host
package import LoadBalancer

/// Which targets to follow: those that were named, or those that the host itself betrays.
package struct TargetSelection: Sendable, Hashable, Codable {
  package var targets: [Target]
  package var origin: TargetOrigin
  /// What is to be known about them, each a sentence.
  package var notes: [String] = []

  /// Gives named targets their addresses, or learns targets from the facts when none is named.
  ///
  /// - Parameters:
  ///   - named: as typed; empty to learn.
  ///   - namedIn: where they were named.
  ///   - sources: where probes of learned targets come from.
  ///   - healthCheck: the parameters of learned targets.
  /// - Throws: when a target needs the private address, and the host's addresses are not known.
  package init(
    named: [NamedTarget], namedIn: TargetOrigin = .named, sources: [AddressPrefix],
    healthCheck: HealthCheck, facts: HostFacts
  ) throws(TargetSelectionError) {
    guard named.isEmpty else {
      origin = namedIn
      targets = []
      for name in named {
        let target = try TargetSelection.target(name, facts)
        if !targets.contains(target) { targets.append(target) }
      }
      return
    }
    let learned = LearnedTargets(facts)
    origin = learned.origin
    targets = []
    for (port, address) in learned.addresses.sorted(by: { $0.key < $1.key }) {
      let learned = NamedTarget(
        url: TargetURL(transport: .tcp, address: address, port: port), sources: sources,
        healthCheck: healthCheck)
      targets.append(try TargetSelection.target(learned, facts))
    }
  }

  private static func target(
    _ named: NamedTarget, _ facts: HostFacts
  ) throws(TargetSelectionError) -> Target {
    guard let target = named.target(privateAddress: facts.privateAddresses.first) else {
      throw .addressUnknown(reason: facts.interfaces.reasonMissing)
    }
    return target
  }
}

/// A target as the operator names it, whose address may be left to the host.
package struct NamedTarget: Sendable, Hashable {
  package var url: TargetURL
  package var servicePort: UInt16?
  package var sources: [AddressPrefix]
  /// Where its traffic comes from; empty where nobody said.
  package var clients: [AddressPrefix]
  /// The parameters of its check; the URL's path overrides theirs.
  package var healthCheck: HealthCheck

  package init(
    url: TargetURL, servicePort: UInt16? = nil, sources: [AddressPrefix],
    clients: [AddressPrefix] = [], healthCheck: HealthCheck
  ) {
    self.url = url
    self.servicePort = servicePort
    self.sources = sources
    self.clients = clients
    self.healthCheck = healthCheck
  }

  /// The target with the host's address where it names none; `nil` where both are missing.
  func target(privateAddress: IPAddress?) -> Target? {
    guard let address = url.address ?? privateAddress else { return nil }
    var check = healthCheck
    if let path = url.path {
      check.httpCheckPath = path
      check.assumed.remove(.httpCheckPath)
    }
    var target = Target(
      transport: url.transport, address: address, port: url.port, servicePort: servicePort,
      sources: sources, healthCheck: check)
    target.clients = clients
    return target
  }
}

extension TargetSelection {
  /// The targets of this host that documents of the CLB's listeners name.
  ///
  /// - Parameter metadata: what the host's metadata service said, where there is one.
  /// - Throws: when the host's addresses are not known, or no listener has it behind it.
  package init(
    listeners: CloudDescription, metadata: InstanceMetadata? = nil, facts: HostFacts
  ) throws(TargetSelectionError) {
    try self.init(
      listeners: listeners,
      server: RealServer(facts, metadata),
      reasonMissing: facts.interfaces.reasonMissing)
  }

  /// The targets of a host that documents of the CLB's listeners name.
  ///
  /// - Parameter reasonMissing: why the host's addresses are not known, if so.
  init(
    listeners: CloudDescription, server: RealServer, reasonMissing: String?
  ) throws(TargetSelectionError) {
    guard !server.addresses.isEmpty || !server.instanceIDs.isEmpty else {
      throw .addressUnknown(reason: reasonMissing)
    }
    do throws(NotBehindListeners) {
      let found = try listeners.targets(of: server)
      targets = found.targets
      notes = found.notes.map(\.description)
    } catch {
      throw .notBehindListeners(error)
    }
    origin = .listeners
  }

  /// Decodes a selection; captures made before there were notes have none.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    targets = try values.decode([Target].self, forKey: .targets)
    origin = try values.decode(TargetOrigin.self, forKey: .origin)
    notes = try values.decodeIfPresent([String].self, forKey: .notes) ?? []
  }
}

extension RealServer {
  /// This host: by its instance, where that is known, and by the addresses of its interfaces before
  /// those that only the cloud gave it.
  package init(_ facts: HostFacts, _ metadata: InstanceMetadata?) {
    let own = facts.privateAddresses
    let given = (metadata?.privateAddresses ?? []).filter { !own.contains($0) }
    self.init(
      addresses: own + given, instanceIDs: [metadata?.instanceID].compactMap(\.self))
  }
}

extension TargetSelection {
  /// Names the region of CLBs of which no document does, for commands: most likely that of the instance.
  package mutating func assume(region: String) {
    for index in targets.indices where targets[index].listener?.region == nil {
      targets[index].listener?.region = region
    }
  }
}

/// The ports that a host itself betrays, each with the address that is probed, if not the private one.
private struct LearnedTargets {
  private(set) var addresses: [UInt16: IPAddress?] = [:]
  let origin: TargetOrigin

  /// Ports that the probes' range is talking to, else every TCP port that is reachable from outside.
  ///
  /// Of the latter those are left out that no CLB would have: the system's own services, and sockets on
  /// addresses, as of container bridges, by which nobody comes from outside.
  init(_ facts: HostFacts) {
    let sockets = facts.sockets.all.filter { $0.table.isTCP && !$0.address.isLoopback }
    if let traffic = facts.probeTraffic.value, !traffic.connections.isEmpty {
      origin = .traffic
      for port in traffic.connections.keys {
        addresses[port] = .some(
          LearnedTargets.address(of: sockets.filter { $0.port == port }, facts))
      }
      return
    }
    origin = .listeningSockets
    let reachable = sockets.filter { socket in
      !facts.isSystemService(socket) && LearnedTargets.isReachable(socket, facts)
    }
    for (port, sockets) in Dictionary(grouping: reachable, by: \.port) {
      addresses[port] = .some(LearnedTargets.address(of: sockets, facts))
    }
  }

  private static func isReachable(_ socket: ListeningSocket, _ facts: HostFacts) -> Bool {
    if let device = socket.details?.deviceIndex, device != 0 {
      let arrival = facts.privateAddresses.first.flatMap { facts.arrival(of: $0) }
      guard device == arrival?.index else { return false }
    }
    let address = socket.address.unmapped
    return address.isUnspecified || facts.privateAddresses.contains(address)
  }

  /// The address that sockets of one port are bound to; `nil` for the host's first private one, which
  /// a socket for every address takes too.
  private static func address(of sockets: [ListeningSocket], _ facts: HostFacts) -> IPAddress? {
    let bound = sockets.map(\.address.unmapped)
    guard !bound.contains(where: \.isUnspecified) else { return nil }
    let usable = facts.privateAddresses.filter { bound.contains($0) }
    return usable.first
  }
}

/// Why there are no targets to follow.
package enum TargetSelectionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A target without an address, or documents, on a host whose private address is not known.
  case addressUnknown(reason: String?)
  /// The documents of the CLB's listeners are about other hosts.
  case notBehindListeners(NotBehindListeners)

  package var description: String {
    switch self {
    case .addressUnknown(let reason):
      "the host's private address is unknown"
        + (reason.map { " (\($0))" } ?? ", for no interface but lo has an address")
        + "; name it in the target, as in http://10.0.0.5:80/"
    case .notBehindListeners(let error): "\(error)"
    }
  }
}
