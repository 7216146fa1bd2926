import Addressing
import Host
import LoadBalancer
import Windows

/// Whether a socket of a Windows host waits at the probed address and port.
enum WindowsSocketHop {
  private static let declaration = ListeningSocketCheck.declaration

  static func examine(_ question: WindowsQuestion) -> HopOutcome {
    guard let listing = question.facts.sockets.value else {
      return HopOutcome(
        declaration.finding(
          "missing", .unknown,
          "the host's sockets are unknown: \(question.facts.sockets.reasonMissing ?? "")"))
    }
    if let row = question.accepting.first {
      return HopOutcome("\(question.ownerName(of: row)) listens on \(row.local)")
    }
    if let doubt = listing.doubt(question.target.windowsTransport) {
      return HopOutcome(
        declaration.finding(
          "missing", .unknown,
          "whether a socket waits on port \(question.target.port) is unknown: \(doubt)"))
    }
    let waiting = listing.waiting(question.target.windowsTransport)
    return HopOutcome(fault(waiting, question))
  }

  private static func fault(_ waiting: [NetstatRow], _ question: WindowsQuestion) -> Finding {
    let atPort = waiting.filter { $0.local.port == question.target.port }
    let isIPv4 = question.target.address.family == .ipv4
    if isIPv4, let six = atPort.first(where: { $0.local.address == .v6(0) }) {
      return ipv6Only(six, question)
    }
    if !atPort.isEmpty {
      let isLoopback = atPort.allSatisfy(\.local.address.isLoopback)
      return wrongAddress(isLoopback ? "loopback-only" : "other-address", atPort, question)
    }
    let elsewhere = waiting.filter { row in
      (row.local.address.isUnspecified && row.local.address.family == question.target.address.family
        || row.local.address == question.target.address)
        && !question.facts.isSystemService(row)
    }
    return elsewhere.isEmpty ? missing(question) : otherPort(elsewhere, question)
  }

  private static func wrongAddress(
    _ what: String, _ rows: [NetstatRow], _ question: WindowsQuestion
  ) -> Finding {
    let places = Set(rows.map(\.local.description)).sorted().joined(separator: ", ")
    let name = rows.first.map { question.ownerName(of: $0) } ?? "the service"
    return declaration.finding(
      what, .fail,
      "\(name) listens on \(places) only, and the CLB probes \(question.target.endpoint)",
      evidence: rows.map(\.evidence),
      remedies: rows.prefix(1).map { .listenOnWindows(question, row: $0) })
  }

  /// netstat lists a socket of both families twice, so one that is listed once takes one family.
  ///
  /// Source: https://learn.microsoft.com/en-us/archive/blogs/wndp/dual-stack-sockets-on-windows-vista
  private static func ipv6Only(_ row: NetstatRow, _ question: WindowsQuestion) -> Finding {
    declaration.finding(
      "ipv6-only", .fail,
      "\(question.ownerName(of: row)) listens on \(row.local) for IPv6 alone, for netstat lists no "
        + "0.0.0.0:\(row.local.port) beside it, and the CLB probes \(question.target.endpoint)",
      evidence: [row.evidence], remedies: [.listenOnWindows(question, row: row)])
  }

  private static func otherPort(_ rows: [NetstatRow], _ question: WindowsQuestion) -> Finding {
    ListeningSocketCheck.otherPort(
      question.target, rows.map { "\(question.ownerName(of: $0)) on \($0.local)" },
      rows.map(\.evidence), verify: question.target.windowsListeningCommand)
  }

  private static func missing(_ question: WindowsQuestion) -> Finding {
    let stopped = question.facts.stoppedServers
    return declaration.finding(
      "missing", .fail,
      "nothing listens on port \(question.target.port)"
        + (stopped.isEmpty ? "" : "; stopped services: \(stopped.joined(separator: ", "))"),
      evidence: [
        Evidence(
          source: CaptureFile.sockets.command,
          text: "no listening socket with port \(question.target.port)")
      ],
      remedies: stopped.isEmpty
        ? [
          Remedy(
            summary: "start the service that is to answer on port \(question.target.port)",
            verify: question.target.windowsListeningCommand)
        ]
        : stopped.map { name in
          Remedy(
            summary: "start \(name)", commands: ["net start \"\(name)\""],
            undo: ["net stop \"\(name)\""], verify: question.target.windowsListeningCommand)
        })
  }
}

extension WindowsFacts {
  /// Services of web servers that are installed and stopped.
  fileprivate var stoppedServers: [String] {
    let known = ["W3SVC", "nginx", "Apache2.4", "Tomcat8", "Tomcat9", "Tomcat10"]
    return known.filter { services.value?.isRunning($0) == false }
  }

  /// Whether a socket is one of Windows' own, which nobody puts behind a load balancer.
  ///
  /// RPC's ports come from 49152 up, and others' do too; so there the process tells.
  func isSystemService(_ row: NetstatRow) -> Bool {
    let ports: Set<UInt16> = [
      53, 88, 123, 135, 137, 138, 139, 389, 445, 464, 500, 593, 3389, 4500, 5353, 5355, 5357, 5985,
      5986, 47001,
    ]
    if ports.contains(row.local.port) { return true }
    guard let name = process(row.processID)?.name.lowercased() else {
      return row.local.port >= 49152
    }
    return ["svchost.exe", "lsass.exe", "wininit.exe", "services.exe", "spoolsv.exe", "dns.exe"]
      .contains(name)
  }
}
