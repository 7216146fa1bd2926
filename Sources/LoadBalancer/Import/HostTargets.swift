package import Addressing

/// What CLB probes of one host, as documents have it.
package struct HostTargets: Sendable, Hashable {
  /// In the documents' order, one for each listener or rule and address and port behind it.
  package var targets: [Target] = []
  /// What the documents leave open, in their order.
  package var notes: [ImportNote] = []

  init() {}
}

extension CloudDescription {
  /// The targets of this host.
  ///
  /// - Throws: when no listener has the host behind it, and nothing is open that could.
  package func targets(of server: RealServer) throws(NotBehindListeners) -> HostTargets {
    let server = completed(server)
    var result = HostTargets()
    for listener in listeners {
      let places = BindingPlace.places(of: listener, in: self)
      for place in places.bound { result.add(place, server, self) }
      result.notes += places.notes
    }
    guard result.targets.isEmpty else { return result }
    guard !result.notes.isEmpty else { throw stranger(server) }
    result.notes.insert(.notBehind(stranger(server)), at: 0)
    return result
  }

  /// Where any check of these documents can come from, for readings that are made before targets are known.
  package var probeSources: [AddressPrefix] {
    let addresses = Set(loadBalancers.flatMap(\.virtualIPs)).sorted()
    return [ProbeSources.range] + addresses.compactMap(AddressPrefix.init(host:))
  }

  /// The instance that a server is: the one of its id, or where that is not known the only one that has
  /// an address of it.
  package func instance(of server: RealServer) -> CloudInstance? {
    guard server.instanceIDs.isEmpty else {
      return server.instanceIDs.lazy.compactMap { self.instance($0) }.first
    }
    let own = instances.filter { instance in
      server.addresses.contains(where: instance.privateAddresses.contains)
    }
    return own.count == 1 ? own.first : nil
  }

  /// The server with the instance id that its address has, where just one instance has it.
  private func completed(_ server: RealServer) -> RealServer {
    guard server.instanceIDs.isEmpty else { return server }
    return RealServer(
      addresses: server.addresses, instanceIDs: [instance(of: server)?.id].compactMap(\.self))
  }

  private func stranger(_ server: RealServer) -> NotBehindListeners {
    let backends = listeners.flatMap { $0.backends + $0.rules.flatMap(\.backends) }
    return NotBehindListeners(
      server: server, addresses: Set(backends.flatMap(\.addresses)).sorted(),
      instanceIDs: Set(backends.compactMap(\.id)).sorted())
  }
}

extension HostTargets {
  fileprivate mutating func add(
    _ place: BindingPlace, _ server: RealServer, _ cloud: CloudDescription
  ) {
    let own = place.backends.filter { place.isOwn($0, server, cloud) }
    if own.isEmpty {
      notes += place.doubts(server, cloud)
      return
    }
    var found: [TargetKey: Target] = [:]
    var order: [TargetKey] = []
    for backend in own {
      guard let target = place.target(backend, server, cloud) else {
        notes.append(.withoutAddress(place.reference, id: backend.id ?? "a real server"))
        continue
      }
      let key = TargetKey(address: target.address, port: target.port)
      if found[key] == nil { order.append(key) }
      let state = found[key]?.reportedState ?? target.reportedState
      found[key] = found[key] ?? target
      found[key]?.reportedState = state
    }
    targets += order.compactMap { found[$0] }
    notes += place.notes(server, own, cloud)
  }

  /// Documents of targets, of health and of listeners each name the same binding.
  private struct TargetKey: Hashable {
    var address: IPAddress
    var port: UInt16
  }
}
