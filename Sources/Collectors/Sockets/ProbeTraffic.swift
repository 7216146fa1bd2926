package import Addressing
package import Host

/// Ports of this host that somebody of a range is talking to right now.
package struct ProbeTraffic: Sendable, Hashable {
  /// Listening TCP port → connections to it that are open or were a moment ago.
  ///
  /// Sockets of every state but closed and listening; where there is none at all, what the packet
  /// filter tracks.
  package var connections: [UInt16: Int]

  package init(connections: [UInt16: Int]) { self.connections = connections }

  /// Every state but `TCP_CLOSE` (7) and `TCP_LISTEN` (10).
  private static let connectedStates: UInt32 = 0x1FFE & ~(1 << 7) & ~(1 << 10)

  /// Asks for those of several ranges, together; not wanted where there is no range.
  static func read(
    from door: some HostDoor, peers: [AddressPrefix], listening: ListeningSockets
  ) -> Reading<ProbeTraffic> {
    var all = Reading<ProbeTraffic>.failed(
      .netlink("sock_diag(7) of probes' connections"), .notWanted)
    for range in peers {
      let reading = read(from: door, peers: range, listening: listening)
      guard case .value(let more, let source) = reading else { return reading }
      let before = all.value?.connections ?? [:]
      all = .value(
        ProbeTraffic(connections: before.merging(more.connections, uniquingKeysWith: +)),
        from: source)
    }
    return all
  }

  /// Asks the kernel for TCP connections whose peer is in the range; it filters them itself.
  ///
  /// An IPv6 socket that serves IPv4 has the peer mapped, and is asked for by the mapped prefix.
  /// Connections that this host made itself are left out: their local port is not one it listens on.
  /// Nothing is asked where nothing listens, for each question takes the kernel a walk through all
  /// its connections.
  package static func read(
    from door: some HostDoor, peers: AddressPrefix, listening: ListeningSockets
  ) -> Reading<ProbeTraffic> {
    let ports = Set(listening.all.filter(\.table.isTCP).map(\.port))
    var found: [UInt16: Int] = [:]
    var source = Source.netlink("sock_diag(7) of connections with \(peers)")
    for (table, prefix) in questions(peers) where listening.mayHave(table) {
      let question = "sock_diag(7) of \(table.rawValue) connections with \(peers)"
      let reading = door.ask(
        SockDiag.request(table, states: connectedStates, peers: prefix, question: question)
      ).parsed { messages throws(ParseFailure) in
        var ports: [UInt16] = []
        for message in messages { ports.append(try DiagnosedSocket(parsing: message).localPort) }
        return ports
      }
      guard case .value(let locals, let from) = reading else {
        return reading.parsed { _ throws(ParseFailure) in ProbeTraffic(connections: [:]) }
      }
      source = from
      for port in locals where ports.contains(port) { found[port, default: 0] += 1 }
    }
    // The tracking table can be long, so it is read only where the sockets tell nothing.
    if found.isEmpty, !ports.isEmpty,
      case .value(let tracked, let from) = TrackedConnections.read(from: door, peers: peers)
    {
      found = tracked.ports.filter { ports.contains($0.key) }
      source = found.isEmpty ? source : from
    }
    return .value(ProbeTraffic(connections: found), from: source)
  }

  private static func questions(_ peers: AddressPrefix) -> [(SocketTable, AddressPrefix)] {
    guard case .v4(let bits) = peers.base,
      let mapped = AddressPrefix(.v6(0xFFFF_0000_0000 | UInt128(bits)), length: peers.length + 96)
    else { return [(.tcp6, peers)] }
    return [(.tcp, peers), (.tcp6, mapped)]
  }
}

extension ListeningSockets {
  /// Whether there is a socket in the table, or nobody knows. A connection is in its listener's table.
  fileprivate func mayHave(_ table: SocketTable) -> Bool { tables[table]?.value?.isEmpty != true }
}
