package import Addressing
package import Host

/// Everything that is known of a host, each fact with its source or the reason that it is missing.
package struct HostFacts: Sendable {
  package var capabilities: Reading<EffectiveCapabilities>
  package var identity: HostIdentity
  package var interfaces: Reading<[NetworkInterface]>
  /// The IPv4 routes of all tables.
  package var routes: Reading<[Route]>
  /// The IPv6 routes of all tables.
  package var routes6: Reading<[Route]>
  /// Which way answers to probes leave.
  package var replyRoutes: ReplyRoutes
  package var parameters: KernelParameters
  package var counters: NetworkCounters
  package var pressure: Pressure
  package var loadAverage: Reading<LoadAverage>
  package var processorCount: Reading<ProcessorCount>
  package var processorTimes: Reading<ProcessorTimes>
  package var memory: Reading<Memory>
  package var sockets: ListeningSockets
  package var processes: Reading<ProcessTable>
  /// Socket's inode → who holds it, as far as that is visible.
  package var owners: [UInt64: SocketOwner]
  /// Process → the limits it works under; for owners of the own namespace's listening sockets, and for
  /// the holders that accept their connections, 16 a socket at most.
  package var limits: [Int: ProcessLimits]
  package var namespaces: [NamespaceSockets]
  package var services: Services
  package var packetFilter: PacketFilterListings
  /// Who of the probes' sources talks to which port.
  package var probeTraffic: Reading<ProbeTraffic>

  /// The host's own addresses for a CLB, the likeliest first; empty where they are not known.
  package var privateAddresses: [IPAddress] {
    PrivateAddress.candidates(
      interfaces: interfaces.value ?? [], routes: routes.value ?? [])
  }
}

/// What one process is limited to.
package struct ProcessLimits: Sendable {
  package var descriptors: Reading<DescriptorUse>
  /// The control groups with a CPU quota that it is in, innermost first.
  package var throttling: Reading<[CPUThrottling]>
}

extension HostFacts {
  /// Collects everything. Commands run beside the reading of files; each has its own time limit.
  ///
  /// - Parameters:
  ///   - learningFrom: whose connections tell which ports are probed; empty where that is known. The
  ///     kernel walks through all its connections for it, some 10 ms for 100,000.
  ///   - probeSources: where the targets' probes come from, and answers must find back to.
  package static func read(
    from door: some HostDoor, learningFrom peers: [AddressPrefix], probeSources: [AddressPrefix]
  ) async -> HostFacts {
    async let packetFilter = PacketFilterListings.read(from: door)
    let processes = ProcessTable.read(from: door)
    async let services = Services.read(
      from: door, processes: processes.value?.names ?? [])
    async let sockets = SocketFacts.read(processes, peers: peers, from: door)
    let interfaces = NetworkInterface.readAll(from: door)
    let routes = Route.readAll(.ipv4, from: door)
    let routes6 = Route.readAll(.ipv6, from: door)
    var facts = HostFacts(
      capabilities: EffectiveCapabilities.read(from: door),
      identity: HostIdentity.read(from: door),
      interfaces: interfaces, routes: routes, routes6: routes6,
      replyRoutes: ReplyRoutes.read(
        from: door, sources: probeSources, interfaces: interfaces,
        routes: [.ipv4: routes, .ipv6: routes6]),
      parameters: KernelParameters.read(from: door), counters: NetworkCounters.read(from: door),
      pressure: Pressure.read(from: door), loadAverage: LoadAverage.read(from: door),
      processorCount: ProcessorCount.read(from: door),
      processorTimes: ProcessorTimes.read(from: door), memory: Memory.read(from: door),
      sockets: await sockets.ownership.sockets, processes: processes,
      owners: await sockets.ownership.owners,
      limits: [:], namespaces: await sockets.ownership.namespaces, services: await services,
      packetFilter: await packetFilter,
      probeTraffic: await sockets.probeTraffic)
    facts.limits = limits(of: facts.owners, from: door)
    return facts
  }

  /// A master's workers are in its control groups, so those are read once for all of them.
  private static func limits(
    of owners: [UInt64: SocketOwner], from door: some HostDoor
  ) -> [Int: ProcessLimits] {
    var limits: [Int: ProcessLimits] = [:]
    for owner in owners.values.sorted(by: { $0.processID < $1.processID }) {
      let throttling =
        limits[owner.processID]?.throttling
        ?? CPUThrottling.read(ofProcess: owner.processID, from: door)
      let accepting = owner.accepting.prefix(16).map(\.processID)
      for process in [owner.processID] + accepting where limits[process] == nil {
        limits[process] = ProcessLimits(
          descriptors: DescriptorUse.read(ofProcess: process, from: door), throttling: throttling)
      }
    }
    return limits
  }
}

/// What of the facts is read from sockets.
private struct SocketFacts {
  var ownership: SocketOwnership
  var probeTraffic: Reading<ProbeTraffic>

  /// The search for owners and the kernel's walk through its connections go on side by side.
  static func read(
    _ processes: Reading<ProcessTable>, peers: [AddressPrefix], from door: some HostDoor
  ) async -> SocketFacts {
    async let namespaces = processes.value.map { NamespaceSockets.read($0, from: door) } ?? []
    let sockets = ListeningSockets.read(from: door)
    async let traffic = ProbeTraffic.read(from: door, peers: peers, listening: sockets)
    let ownership = SocketOwnership(
      sockets: sockets, processes: processes, namespaces: await namespaces, from: door)
    return SocketFacts(ownership: ownership, probeTraffic: await traffic)
  }
}

extension ProcessTable {
  /// The processes with their names, by number.
  fileprivate var names: [ProcessName] {
    commands.sorted { $0.key < $1.key }.map { ProcessName(process: $0.key, name: $0.value) }
  }
}
