import Collectors
import Host
import LoadBalancer

/// Whether connections find a place in the listening socket's queue.
package enum AcceptQueueCheck: Check {
  package static let declaration = CheckDeclaration(
    name: "accept-queue",
    summary: "Is there room in the listening socket's queue for one more connection?",
    reason: """
      The kernel completes connections by itself and keeps them until the application accepts them. \
      When more wait than listen(2)'s backlog or `net.core.somaxconn` allow, whichever is less, it \
      drops further SYNs without a word: the probe runs into its time limit although the socket \
      listens and every packet arrived. `ss -lnt` shows it as Recv-Q above Send-Q.
      """,
    reads: ["/proc/net/tcp, tcp6", "sock_diag(7)", "/proc/net/netstat"],
    findings: [
      FindingDeclaration(
        id: FindingID(rawValue: "accept-queue.overflowing"), layer: .layer4,
        severities: [.fail, .info],
        meaning: "the accept queue is full, so new connections are dropped",
        remedy: "find out why the application does not accept; raise its backlog and somaxconn"),
      FindingDeclaration(
        id: FindingID(rawValue: "accept-queue.nearly-full"), layer: .layer4,
        severities: [.warn, .unknown],
        meaning: "the accept queue is at least four fifths full, or as full as the settings say",
        remedy: "raise the application's backlog and somaxconn"),
      FindingDeclaration(
        id: FindingID(rawValue: "accept-queue.syn-queue-drops"), layer: .layer4,
        severities: [.info],
        meaning: "SYNs were dropped because too many handshakes were under way",
        remedy: "raise net.ipv4.tcp_max_syn_backlog, and keep tcp_syncookies on"),
    ],
    sources: [
      "https://man7.org/linux/man-pages/man2/listen.2.html",
      "https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html",
    ])

  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    guard question.target.transport != .udp else { return .notOnTheWay }
    let queues = question.acceptingSockets.map {
      AcceptQueue(
        socket: $0, facts: question.facts, nearlyFull: question.thresholds.acceptQueue)
    }
    guard let first = queues.first else { return .notOnTheWay }
    let findings = queues.compactMap(\.finding) + history(question.facts)
    guard let limit = first.limit else {
      let reason = question.facts.sockets.details[first.socket.table]?.reasonMissing
      return HopOutcome(
        declaration.finding(
          "nearly-full", .unknown,
          "the accept queue's limit is unknown: "
            + (reason ?? "sock_diag(7) did not name this socket")))
    }
    return HopOutcome(
      findings.first { $0.severity != .info }?.summary
        ?? "\(first.waiting) of \(limit) connections wait to be accepted", findings: findings)
  }

  /// What happened since the host started: worth knowing, and no proof of what happens now.
  private static func history(_ facts: HostFacts) -> [Finding] {
    let overflows = facts.counted(.listenOverflows).map { overflows in
      declaration.finding(
        "overflowing", .info,
        "accept queues of this host overflowed \(overflows.total) times since it started",
        evidence: [overflows.evidence])
    }
    let drops = [CounterName.synQueueDrops, .synQueueCookies].compactMap { name in
      facts.counted(name).map { drops in
        declaration.finding(
          "syn-queue-drops", .info,
          "the queue of half-open connections was full \(drops.total) times since this host started",
          evidence: [drops.evidence])
      }
    }
    return [overflows].compactMap(\.self) + drops
  }
}

/// The queue of one socket.
private struct AcceptQueue {
  let socket: ListeningSocket
  let facts: HostFacts
  /// Percent.
  let nearlyFull: Int

  var waiting: UInt32 { socket.receiveQueue }
  var limit: UInt32? { socket.details?.acceptQueueLimit }

  var finding: Finding? {
    guard let limit else { return nil }
    // The kernel drops when more wait than the limit: sk_acceptq_is_full() compares with ">".
    if waiting > limit { return full(limit) }
    guard limit >= 5, Thresholds.reaches(nearlyFull, part: waiting, of: limit) else { return nil }
    return AcceptQueueCheck.declaration.finding(
      "nearly-full", .warn,
      "\(waiting) of \(limit) connections to \(socket.endpoint) wait for \(name) to accept them",
      evidence: [socket.evidence, details(limit)], remedies: remedies(limit))
  }

  private func full(_ limit: UInt32) -> Finding {
    AcceptQueueCheck.declaration.finding(
      "overflowing", .fail,
      "\(name) does not accept fast enough: \(waiting) connections to \(socket.endpoint) wait, "
        + "\(limit) may, so the kernel drops further SYNs",
      evidence: [socket.evidence, details(limit)]
        + [facts.counted(.listenOverflows)?.evidence, resets].compactMap(\.self),
      remedies: remedies(limit))
  }

  /// With this on, a connection that finds the queue full behind its handshake is reset.
  private var resets: Evidence? {
    guard case .value(let value, let source) = facts.parameters[.tcpAbortOnOverflow], value != 0
    else { return nil }
    return Evidence(source: source.description, text: String(value))
  }

  private var name: String { facts.ownerName(of: socket) }

  private func details(_ limit: UInt32) -> Evidence {
    Evidence(
      source: "sock_diag(7)", text: "\(socket.endpoint) Recv-Q \(waiting) Send-Q \(limit)")
  }

  private func remedies(_ limit: UInt32) -> [Remedy] {
    let owner = facts.owner(of: socket)
    var remedies = [
      Remedy(
        summary: "find out what \(owner?.command ?? "the application") waits for",
        commands: owner.map {
          ["cat /proc/\($0.processID)/wchan; echo", "cat /proc/\($0.processID)/status"]
        } ?? [])
    ]
    let somaxconn = facts.parameters[.somaxconn].value
    if let somaxconn, somaxconn <= Int(limit) {
      remedies += facts.sysctlRemedies(
        .somaxconn, to: max(4096, min(Int(limit), 1 << 20) * 4), why: "allow longer accept queues")
    }
    remedies.append(
      Remedy(
        summary: "raise the backlog that the application passes to listen(2) above \(limit), and "
          + "restart it",
        commands: facts.restartCommands(for: owner), disruptive: true,
        verify: "ss -ltn 'sport = :\(socket.port)'"))
    return remedies
  }
}
