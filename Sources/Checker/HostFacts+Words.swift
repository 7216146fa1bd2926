import Addressing
import Collectors
import Host
import LoadBalancer
import Probes

extension HostFacts {
  /// Who holds the socket; `nil` where that is not known.
  func owner(of socket: ListeningSocket) -> SocketOwner? { owners[socket.inode] }

  /// `nginx (pid 812, nginx.service)`, or words for someone we may not see.
  func ownerName(of socket: ListeningSocket) -> String {
    guard let owner = owner(of: socket) else {
      return "a process that is not visible to us (inode \(socket.inode))"
    }
    let unit = owner.unit.map { ", \($0)" } ?? ""
    return "\(owner.command) (pid \(owner.processID)\(unit))"
  }

  /// The interface that has this address.
  func interfaceHolding(_ address: IPAddress) -> NetworkInterface? {
    interfaces.value?.first { $0.holds(address) }
  }

  /// The interface's name, or its number where there is no such interface now.
  func interfaceName(_ index: UInt32) -> String {
    interfaces.value?.first { $0.index == index }?.name ?? "interface \(index)"
  }

  /// Whether a socket is one of the system's own, which nobody puts behind a load balancer.
  func isSystemService(_ socket: ListeningSocket) -> Bool {
    if let owner = owner(of: socket) { return systemServices.contains(owner.command) }
    return systemPorts.contains(socket.port)
  }
}

/// Names of daemons that come with a system, as `comm` shows them.
private let systemServices: Set<String> = [
  "sshd", "systemd", "systemd-resolve", "systemd-network", "rpcbind", "rpc.statd", "rpc.mountd",
  "master", "exim4", "sendmail", "cupsd", "chronyd", "ntpd", "dnsmasq", "dhclient", "dhcpcd",
  "avahi-daemon", "snmpd", "zabbix_agentd", "node_exporter", "containerd", "dockerd", "kubelet",
  "barad_agent", "sgagent", "YDService", "YDLive", "tat_agent",
]

/// Their ports, for where the owner is not visible: SSH, mail, DNS, DHCP, portmapper, NTP, printing.
private let systemPorts: Set<UInt16> = [22, 25, 53, 67, 68, 111, 123, 323, 546, 631]

extension CheckQuestion {
  /// The sockets that take the target's probe, where rules send it too; none where it leaves the host.
  var acceptingSockets: [ListeningSocket] {
    if case .elsewhere = translation { return [] }
    return SocketSearch(delivered).accepting
  }

  /// Who holds the first of them.
  var owner: SocketOwner? { acceptingSockets.lazy.compactMap { facts.owner(of: $0) }.first }
}

extension CheckQuestion {
  /// Whether a probe of the target's port was answered; a ping is not one.
  var isAnswered: Bool { probes?.exchanges.contains(where: \.isAnswered) ?? false }
}
