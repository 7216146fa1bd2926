import Addressing

extension BindingPlace {
  /// Whether a real server is this host: the same instance, or where no instance is known the same address.
  func isOwn(_ backend: CloudBackend, _ server: RealServer, _ cloud: CloudDescription) -> Bool {
    if let id = backend.id, !server.instanceIDs.isEmpty {
      if server.instanceIDs.contains(id) { return true }
      // Another instance may have the same address in another network.
      if id.hasPrefix("ins-") { return false }
    }
    return addresses(of: backend, cloud).contains(where: server.addresses.contains)
  }

  /// The addresses of a real server; an instance's own where the binding names none.
  private func addresses(of backend: CloudBackend, _ cloud: CloudDescription) -> [IPAddress] {
    guard backend.addresses.isEmpty, let id = backend.id else { return backend.addresses }
    return cloud.instance(id)?.privateAddresses ?? []
  }

  /// The target that a binding is; `nil` where its address is not known.
  func target(
    _ backend: CloudBackend, _ server: RealServer, _ cloud: CloudDescription
  ) -> Target? {
    let addresses = addresses(of: backend, cloud)
    guard
      let address = addresses.first(where: server.addresses.contains) ?? addresses.first
        ?? server.addresses.first
    else { return nil }
    let backendPort = backend.port ?? reference.listenerPort
    let checkPort = parameters?.checkPort ?? backendPort
    var target = Target(
      transport: transport, address: address, port: checkPort,
      servicePort: checkPort == backendPort ? nil : backendPort, healthCheck: check,
      listener: reference)
    target.reportedState = backend.state
    target.instanceID = backend.id.flatMap { $0.hasPrefix("ins-") ? $0 : nil }
    target.sources = sources(of: address).prefixes
    if hasAssumedSources(address) { target.healthCheck.assumed.insert(.sourceIPType) }
    return target
  }

  private var check: HealthCheck {
    (parameters ?? CloudHealthCheck()).healthCheck(type: checkType, domain: reference.domain)
  }

  private var virtualIPs: [IPAddress] { loadBalancer?.virtualIPs ?? [] }

  private func hasAssumedSources(_ address: IPAddress) -> Bool {
    address.family == .ipv6 && parameters?.sourceIPType != .virtualIP
  }

  /// Where probes of an address come from, and why that is not known for certain.
  private func sources(
    of address: IPAddress
  ) -> (prefixes: [AddressPrefix], reason: ImportNote.SourcesReason?) {
    let own = virtualIPs.filter { $0.family == address.family }
      .compactMap(AddressPrefix.init(host:))
    let doubt: ImportNote.SourcesReason? =
      loadBalancer.map { $0.snatAddresses.isEmpty } == false ? .translated : nil
    if address.family == .ipv6, parameters?.sourceIPType != .virtualIP {
      return (own.isEmpty ? [ProbeSources.range] : own, .ipv6)
    }
    guard parameters?.sourceIPType == .virtualIP else { return ([ProbeSources.range], doubt) }
    guard own.isEmpty else { return (own, doubt) }
    let domain = loadBalancer?.domain.map { ImportNote.SourcesReason.virtualIPNotFixed(domain: $0) }
    return ([], domain ?? .virtualIPNotNamed)
  }

  /// What is open about a place that has this host behind it.
  func notes(
    _ server: RealServer, _ own: [CloudBackend], _ cloud: CloudDescription
  ) -> [ImportNote] {
    var notes: [ImportNote] = []
    if isStopped { notes.append(.stopped(reference)) }
    if parameters == nil { notes.append(.parametersUnknown(reference)) }
    if let address = own.lazy.compactMap({ target($0, server, cloud)?.address }).first,
      let reason = sources(of: address).reason
    {
      notes.append(.sourcesUnknown(reference, reason))
    }
    if let endPort, endPort > reference.listenerPort {
      notes.append(.portRange(reference, last: endPort))
    }
    let instances = Set(own.compactMap(\.id).filter { $0.hasPrefix("ins-") })
    if instances.count > 1 {
      notes.append(.ambiguous(reference, instanceIDs: instances.sorted()))
    }
    return notes
  }

  /// What could be this host behind a place where nothing surely is.
  func doubts(_ server: RealServer, _ cloud: CloudDescription) -> [ImportNote] {
    if !targetGroupIDs.isEmpty, backends.isEmpty {
      return [.targetGroups(reference, ids: targetGroupIDs.sorted())]
    }
    let open = backends.filter { backend in
      addresses(of: backend, cloud).isEmpty
        && (server.instanceIDs.isEmpty || backend.id?.hasPrefix("ins-") != true)
    }
    return open.prefix(1).map { .withoutAddress(reference, id: $0.id ?? "a real server") }
  }
}

extension AddressPrefix {
  /// One address alone.
  init?(host address: IPAddress) { self.init(address, length: address.family.bitCount) }
}
