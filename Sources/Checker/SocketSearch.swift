import Addressing
import Collectors
import Host
import LoadBalancer
import Probes

/// The sockets that have to do with a target, sorted by what keeps each from taking its probe.
struct SocketSearch {
  /// Those that take the probe.
  private(set) var accepting: [ListeningSocket] = []
  /// Right but for the device they are bound to.
  private(set) var wrongDevice: [ListeningSocket] = []
  /// Bound to a device, where it is not known by which the probe comes in.
  private(set) var undecidedDevice: [ListeningSocket] = []
  /// `[::]` sockets of which nobody said whether they take IPv4.
  private(set) var undecidedIPv6: [ListeningSocket] = []
  /// `[::]` sockets that do not take IPv4.
  private(set) var ipv6Only: [ListeningSocket] = []
  /// All at the probed port.
  private(set) var atPort: [ListeningSocket] = []
  /// Services that would take the probe at another port.
  private(set) var atOtherPort: [ListeningSocket] = []
  private(set) var inOtherNamespace: [(NamespaceSockets, ListeningSocket)] = []
  /// Why nothing can be said when no socket was found; `nil` where every listing was read.
  private(set) var reasonUnknown: String?

  init(_ question: CheckQuestion) {
    let target = question.target
    let devices = SocketSearch.devices(of: question)
    let tables = SocketTable.allCases.filter { $0.isTCP == (target.transport != .udp) }
    for table in tables {
      guard let reading = question.facts.sockets.tables[table] else { continue }
      switch reading {
      case .value(let sockets, _):
        for socket in sockets where socket.port == target.port {
          atPort.append(socket)
          place(socket, target, devices)
        }
      // A kernel without IPv6 has no such file, and then no such sockets.
      case .absent where table.family == .ipv6: break
      case .absent, .denied, .failed:
        reasonUnknown = "the \(table.rawValue) sockets are unknown: \(reading.reasonMissing ?? "")"
      }
    }
    atOtherPort = question.facts.sockets.all.filter { socket in
      tables.contains(socket.table) && socket.port != target.port
        && SocketSearch.fit(socket, target, devices) == .address(.accepts)
        && !question.facts.isSystemService(socket)
    }
    inOtherNamespace = question.facts.namespaces.flatMap { namespace in
      namespace.sockets.all.filter {
        tables.contains($0.table) && $0.port == target.port && !$0.address.isLoopback
      }.map { (namespace, $0) }
    }
    if SocketSearch.isTaken(question) { takeUndecided() }
  }

  /// Whether a connection by the target's address was made, and no rule may have sent it elsewhere.
  private static func isTaken(_ question: CheckQuestion) -> Bool {
    guard question.isAnswered else { return false }
    return PacketFilterCheck.redirectionDoubt(question) == nil
  }

  /// A connection over IPv4 was taken, and nobody else is there who could have.
  private mutating func takeUndecided() {
    guard accepting.isEmpty, wrongDevice.isEmpty, undecidedDevice.isEmpty else { return }
    accepting = undecidedIPv6
    undecidedIPv6 = []
  }

  private mutating func place(_ socket: ListeningSocket, _ target: Target, _ devices: Set<UInt32>?)
  {
    switch SocketSearch.fit(socket, target, devices) {
    case .wrongDevice: wrongDevice.append(socket)
    case .undecidedDevice: undecidedDevice.append(socket)
    case .address(.ipv6Only): ipv6Only.append(socket)
    case .address(.undecided): undecidedIPv6.append(socket)
    case .address(.accepts): accepting.append(socket)
    case .address(.otherAddress): break
    }
  }

  private enum Fit: Equatable {
    case address(ListeningSocket.AddressFit)
    case wrongDevice, undecidedDevice
  }

  /// The interfaces by which the probe comes in, as a bound socket sees them; `nil` where unknown.
  ///
  /// A socket bound to a VRF takes what comes in by any of its interfaces: the kernel compares with
  /// the interface and with its master device (`inet_sk_bound_dev_eq` of net/ipv4).
  private static func devices(of question: CheckQuestion) -> Set<UInt32>? {
    guard let arrival = question.facts.arrival(of: question.target.address) else { return nil }
    let domain = question.facts.routingDomain(of: arrival)?.index
    return Set([arrival.index, domain].compactMap(\.self))
  }

  /// Whether the kernel would give the socket a packet to this address that came in by this device.
  ///
  /// Source: `compute_score` in net/ipv4/inet_hashtables.c and net/ipv6/inet6_hashtables.c.
  private static func fit(
    _ socket: ListeningSocket, _ target: Target, _ devices: Set<UInt32>?
  ) -> Fit {
    let address = socket.fit(target.address)
    guard address == .accepts, let bound = socket.details?.deviceIndex, bound != 0 else {
      return .address(address)
    }
    guard let devices else { return .undecidedDevice }
    return devices.contains(bound) ? .address(.accepts) : .wrongDevice
  }
}

extension ListeningSocket {
  /// `0.0.0.0:80`, `[::]:80`.
  var endpoint: String { "\(address.urlHost):\(port)" }

  /// The kernel's own line.
  var evidence: Evidence { Evidence(source: "/proc/net/\(table.rawValue)", text: line) }
}

extension Target {
  /// `10.0.0.5:80`.
  var endpoint: String { "\(address.urlHost):\(port)" }

  /// The command that shows what listens on the target's port.
  var listeningCommand: String {
    "ss -\(transport == .udp ? "u" : "t")lnpe 'sport = :\(port)'"
  }
}
