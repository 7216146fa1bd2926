import Addressing
import Host
import LoadBalancer
import Windows

/// What a hop of a Windows host is asked.
struct WindowsQuestion {
  let target: Target
  let facts: WindowsFacts
  /// The sockets that take the target's probe, one of its own address before one of every address.
  let accepting: [NetstatRow]

  init(target: Target, facts: WindowsFacts) {
    self.target = target
    self.facts = facts
    let waiting = facts.sockets.value?.waiting(target.windowsTransport) ?? []
    let own = waiting.filter { $0.local.port == target.port && $0.local.address == target.address }
    let every = waiting.filter { row in
      row.local.port == target.port && row.local.address.isUnspecified
        && row.local.address.family == target.address.family
    }
    accepting = own + every
  }

  /// The target's sources of its family as one set; `nil` where nobody said where probes come from.
  var sources: AddressSet? {
    let sets = target.sourcesOfItsFamily.map { AddressSet($0) }
    return sets.first.map { sets.dropFirst().reduce($0) { $0.union($1) } }
  }

  /// What the firewall is asked of packets from some sources.
  func firewallQuestion(
    _ packet: FirewallQuestion.Packet, from sources: AddressSet
  ) -> FirewallQuestion {
    FirewallQuestion(
      sources: sources, destination: target.address, packet: packet,
      surroundings: FirewallSurroundings(
        receiver: receiver,
        localSubnets: facts.configuration.value?.subnets(of: target.address.family),
        interfaceType: facts.configuration.value?.adapter(holding: target.address)?.interfaceType))
  }

  /// Who takes the packet, or would if it listened on the probed address too.
  var receiver: FirewallSurroundings.Receiver {
    guard let row = accepting.first ?? atPort.first else {
      let isKnown = facts.sockets.value.map { $0.doubt(target.windowsTransport) == nil } ?? false
      return isKnown ? .nobody : .unknown
    }
    return facts.process(row.processID).map { .process($0) } ?? .unknown
  }

  /// All sockets that wait at the target's port, on whatever address.
  var atPort: [NetstatRow] {
    (facts.sockets.value?.waiting(target.windowsTransport) ?? []).filter {
      $0.local.port == target.port
    }
  }

  /// `nginx.exe (pid 3120)`, `System (pid 4: HTTP.sys, as IIS uses it)`.
  func ownerName(of row: NetstatRow) -> String {
    if row.processID == 4 { return "System (pid 4: HTTP.sys, which IIS listens by)" }
    guard let process = facts.process(row.processID) else { return "process \(row.processID)" }
    return "\(process.name) (pid \(process.id))"
  }
}

extension Target {
  /// The transport as `netstat` names it.
  var windowsTransport: NetstatRow.Transport { transport == .udp ? .udp : .tcp }

  /// The commands that show on Windows what waits at the target's port; cmd and PowerShell take it.
  var windowsListeningCommand: String {
    let command =
      transport == .udp ? "Get-NetUDPEndpoint" : "Get-NetTCPConnection -State Listen"
    return "powershell -NoProfile -Command \"\(command) -LocalPort \(port)\""
  }
}

extension NetstatRow {
  var evidence: Evidence { Evidence(source: CaptureFile.sockets.command, text: line) }
}
