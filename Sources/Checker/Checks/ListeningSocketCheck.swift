import Addressing
import Collectors
import Host
import LoadBalancer

/// Whether a socket waits at the probed address and port, in this network namespace.
package enum ListeningSocketCheck: Check {
  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    // Where rules send the probe is the nat hop's to say.
    guard question.translation == nil else { return .notOnTheWay }
    let search = SocketSearch(question)
    if let socket = search.accepting.first {
      return HopOutcome(
        "\(question.facts.ownerName(of: socket)) listens on \(socket.endpoint)")
    }
    if let reason = search.reasonUnknown {
      return HopOutcome(declaration.finding("missing", .unknown, reason))
    }
    var finding = fault(search, question)
    // A packet that NAT sends elsewhere never looks for a socket at the probed port.
    if let doubt = PacketFilterCheck.redirectionDoubt(question) {
      finding.severity = .unknown
      finding.summary += "; but \(doubt.reason)"
      finding.cause = doubt.cause
      finding.remedies = []
    }
    return HopOutcome(finding)
  }

  private static func fault(_ search: SocketSearch, _ question: CheckQuestion) -> Finding {
    if let socket = search.wrongDevice.first { return otherDevice(socket, question) }
    if let socket = search.undecidedDevice.first { return undecidedDevice(socket, question) }
    if let socket = search.undecidedIPv6.first { return undecidedIPv6(socket, question) }
    if let socket = search.ipv6Only.first { return ipv6Only(socket, question) }
    if !search.atPort.isEmpty {
      let isLoopback = search.atPort.allSatisfy(\.address.isLoopback)
      return wrongAddress(isLoopback ? "loopback-only" : "other-address", search, question)
    }
    if let (namespace, socket) = search.inOtherNamespace.first {
      return otherNamespace(namespace, socket, question)
    }
    return search.atOtherPort.isEmpty
      ? missing(question) : otherPort(search.atOtherPort, question)
  }

  private static func wrongAddress(
    _ what: String, _ search: SocketSearch, _ question: CheckQuestion
  ) -> Finding {
    let target = question.target
    let places = Set(search.atPort.map(\.endpoint)).sorted().joined(separator: ", ")
    let name = search.atPort.first.map { question.facts.ownerName(of: $0) } ?? "the service"
    return declaration.finding(
      what, .fail,
      "\(name) listens on \(places) only, and the CLB probes \(target.endpoint)",
      evidence: search.atPort.map(\.evidence),
      remedies: [
        .listen(
          question, owner: search.atPort.first.flatMap { question.facts.owner(of: $0) },
          insteadOf: places)
      ])
  }

  private static func ipv6Only(_ socket: ListeningSocket, _ question: CheckQuestion) -> Finding {
    let owner = question.facts.owner(of: socket)
    return declaration.finding(
      "ipv6-only", .fail,
      "\(question.facts.ownerName(of: socket)) listens on \(socket.endpoint) for IPv6 alone "
        + "(IPV6_V6ONLY), and the CLB probes \(question.target.endpoint)",
      evidence: [
        socket.evidence,
        Evidence(source: "sock_diag(7)", text: "\(socket.endpoint) IPV6_V6ONLY=1"),
      ],
      remedies: [.listen(question, owner: owner, insteadOf: socket.endpoint)])
  }

  private static func undecidedIPv6(
    _ socket: ListeningSocket, _ question: CheckQuestion
  ) -> Finding {
    let reason =
      switch socket.fit(question.target.address) {
      case .undecided(.kernelDoesNotSay): "this kernel's sock_diag(7) does not say"
      default:
        question.facts.sockets.details[socket.table]?.reasonMissing
          ?? "sock_diag(7) did not name this socket"
      }
    return declaration.finding(
      "ipv6-only", .unknown,
      "\(question.facts.ownerName(of: socket)) listens on \(socket.endpoint), and whether it takes "
        + "IPv4 too (IPV6_V6ONLY) is unknown: \(reason)",
      evidence: [socket.evidence])
  }

  private static func undecidedDevice(
    _ socket: ListeningSocket, _ question: CheckQuestion
  ) -> Finding {
    let bound = question.facts.interfaceName(socket.details?.deviceIndex ?? 0)
    return declaration.finding(
      "other-device", .unknown,
      "\(question.facts.ownerName(of: socket)) listens on \(socket.endpoint) bound to \(bound), and "
        + "by which interface probes of \(question.target.address) come in is not known",
      evidence: [socket.evidence])
  }

  private static func otherDevice(_ socket: ListeningSocket, _ question: CheckQuestion) -> Finding {
    let index = socket.details?.deviceIndex ?? 0
    let bound = question.facts.interfaceName(index)
    let used = question.facts.arrival(of: question.target.address)?.name ?? "another interface"
    return declaration.finding(
      "other-device", .fail,
      "\(question.facts.ownerName(of: socket)) listens on \(socket.endpoint) bound to \(bound), "
        + "and probes of \(question.target.address) arrive on \(used)",
      evidence: [
        socket.evidence,
        Evidence(source: "sock_diag(7)", text: "\(socket.endpoint) bound to device \(bound)"),
      ],
      remedies: [
        Remedy(
          summary: "take the binding to \(bound) (SO_BINDTODEVICE, systemd's BindToDevice=) out of "
            + "the service's configuration and restart it",
          commands: question.facts.restartCommands(for: question.facts.owner(of: socket)),
          verify: question.target.listeningCommand)
      ])
  }

  private static func otherNamespace(
    _ namespace: NamespaceSockets, _ socket: ListeningSocket, _ question: CheckQuestion
  ) -> Finding {
    let owner = namespace.owner(of: socket)
    let name = owner.map { "\($0.command) (pid \($0.processID))" } ?? "a process"
    return declaration.finding(
      "other-namespace", .fail,
      "nothing listens on port \(question.target.port) here; \(name) listens on "
        + "\(socket.endpoint) in another network namespace, \(namespace.namespace)"
        + (owner == nil ? ", that of \(namespace.command) (pid \(namespace.process))" : ""),
      evidence: [
        Evidence(
          source: "/proc/\(namespace.process)/net/\(socket.table.rawValue)", text: socket.line)
      ],
      remedies: [
        Remedy(
          summary: "publish the container's port \(question.target.port) on the host, or run the "
            + "service in the host's network namespace",
          commands: [
            "nsenter -t \(namespace.process) -n ss -ltnp 'sport = :\(question.target.port)'"
          ],
          verify: question.target.listeningCommand)
      ])
  }

  private static func otherPort(
    _ sockets: [ListeningSocket], _ question: CheckQuestion
  ) -> Finding {
    otherPort(
      question.target, sockets.map { "\(question.facts.ownerName(of: $0)) on \($0.endpoint)" },
      sockets.map(\.evidence), verify: question.target.listeningCommand,
      Remedy.following(sockets, of: question.target))
  }

  /// The service is on other ports, of which the first five are told.
  ///
  /// - Parameters:
  ///   - places: who listens where, each with its evidence at the same place of the other list.
  ///   - verify: the command that shows who listens on the target's port.
  ///   - remedies: what else helps.
  static func otherPort(
    _ target: Target, _ places: [String], _ evidence: [Evidence], verify: String,
    _ remedies: [Remedy] = []
  ) -> Finding {
    declaration.finding(
      "other-port", .fail,
      "nothing listens on port \(target.port); \(places.prefix(5).joined(separator: ", "))"
        + (places.count > 5 ? " and \(places.count - 5) more" : ""),
      evidence: Array(evidence.prefix(5)),
      remedies: [
        Remedy(
          summary:
            "bind the real server with the port that the service listens on, or set CheckPort "
            + "of the health check to it, or let the service listen on \(target.port)",
          verify: verify)
      ] + remedies)
  }

  private static func missing(_ question: CheckQuestion) -> Finding {
    let stopped = question.facts.services.all.filter {
      !$0.name.ownsPacketFilter && $0.isInstalled.value == true && $0.isRunning.value == false
    }
    let named = stopped.map(\.name.rawValue).joined(separator: ", ")
    return declaration.finding(
      "missing", .fail,
      "nothing listens on port \(question.target.port)"
        + (stopped.isEmpty ? "" : "; installed and not running: \(named)"),
      evidence: sources(question).map {
        Evidence(source: $0, text: "no listening socket with port \(question.target.port)")
      },
      remedies: stopped.map { service in
        Remedy(
          summary: "start \(service.name.rawValue)",
          commands: question.facts.startCommands(for: service),
          persistence: .permanent, verify: question.target.listeningCommand)
      }
        + [
          Remedy(
            summary: "start the service that is to answer on port \(question.target.port)",
            verify: question.target.listeningCommand)
        ].filter { _ in stopped.isEmpty })
  }

  /// What told that no socket is there, each once.
  private static func sources(_ question: CheckQuestion) -> [String] {
    let isUDP = question.target.transport == .udp
    let readings = question.facts.sockets.tables.filter { $0.key.isTCP != isUDP }.values
    return Set(readings.filter { $0.value != nil }.map(\.source.description)).sorted()
  }
}
