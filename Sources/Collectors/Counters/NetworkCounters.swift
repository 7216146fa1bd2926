package import Host

/// All counters of the network namespace that the agent runs in, from one moment.
package struct NetworkCounters: Sendable, Hashable {
  /// The groups `TcpExt` and `IpExt`; from `/proc/net/netstat`.
  package var extended: Reading<ProtocolCounters>
  /// The groups `Ip`, `Icmp`, `Tcp` and `Udp`; from `/proc/net/snmp`.
  package var standard: Reading<ProtocolCounters>
  /// IPv6; from `/proc/net/snmp6`, absent where IPv6 is.
  package var ipv6: Reading<ProtocolCounters>
  /// Look-ups of routes, packets with impossible addresses among them.
  package var routing: Reading<ProcessorCounters>
  /// Connection tracking; absent where it is not loaded.
  package var conntrack: Reading<ProcessorCounters>

  package init(
    extended: Reading<ProtocolCounters>, standard: Reading<ProtocolCounters>,
    ipv6: Reading<ProtocolCounters>, routing: Reading<ProcessorCounters>,
    conntrack: Reading<ProcessorCounters>
  ) {
    self.extended = extended
    self.standard = standard
    self.ipv6 = ipv6
    self.routing = routing
    self.conntrack = conntrack
  }

  /// Reads five files of `/proc/net`; needs no privilege.
  package static func read(from door: some HostDoor) -> NetworkCounters {
    func text(_ name: String) -> Reading<[UInt8]> {
      door.readFile("/proc/net/\(name)", limit: .standard)
    }
    return NetworkCounters(
      extended: text("netstat").parsedText(ProtocolCounters.init(parsing:)),
      standard: text("snmp").parsedText(ProtocolCounters.init(parsing:)),
      ipv6: text("snmp6").parsedText(ProtocolCounters.init(parsingNamePerLine:)),
      routing: text("stat/rt_cache").parsedText(ProcessorCounters.init(parsing:)),
      conntrack: text("stat/nf_conntrack").parsedText(ProcessorCounters.init(parsing:)))
  }

  /// A counter by its name, from the file whose group it is in.
  ///
  /// Absent where the kernel does not know the name, as it is where the whole file is missing.
  package subscript(name: CounterName) -> Reading<Int> {
    let isExtended = name.rawValue.hasPrefix("TcpExt.") || name.rawValue.hasPrefix("IpExt.")
    let isGrouped = name.rawValue.contains(".")
    let counters = isExtended ? extended : isGrouped ? standard : ipv6
    switch counters {
    case .value(let counters, let source):
      return counters[name].map { .value($0, from: source) } ?? .absent(source)
    case .absent(let source): return .absent(source)
    case .denied(let source, let capability): return .denied(source, needs: capability)
    case .failed(let source, let failure): return .failed(source, failure)
    }
  }
}
