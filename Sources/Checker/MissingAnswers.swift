import Collectors
import Host

/// Which answers a run had to leave open, for want of a capability or of a reading.
enum MissingAnswers {
  /// A sentence for each, in a fixed order.
  static func sentences(_ facts: HostFacts) -> [String] {
    capabilities(facts) + readings(facts)
  }

  private static func capabilities(_ facts: HostFacts) -> [String] {
    guard let capabilities = facts.capabilities.value else {
      return [facts.capabilities.reasonMissing.map { "the agent's own capabilities: \($0)" }]
        .compactMap(\.self)
    }
    return capabilities.missing.map { "without \($0): \($0.loss)" }
  }

  private static func readings(_ facts: HostFacts) -> [String] {
    var sentences: [String] = []
    func note<Value>(_ what: String, _ reading: Reading<Value>) {
      guard let reason = reading.reasonMissing else { return }
      switch reading {
      case .absent, .failed(_, .notWanted): return
      case .value, .denied, .failed: break
      }
      sentences.append("\(what): \(reason)")
    }
    note("interfaces and addresses", facts.interfaces)
    note("routes", facts.routes)
    note("processes", facts.processes)
    for table in SocketTable.allCases {
      if let reading = facts.sockets.tables[table] {
        note("listening \(table.rawValue) sockets", reading)
      }
      if let reading = facts.sockets.details[table] {
        note("details of \(table.rawValue) sockets", reading)
      }
    }
    for listing in facts.packetFilter.outlines.all { note("packet-filter rules", listing) }
    note("connections of the probes' range", facts.probeTraffic)
    note("the host's name", facts.identity.hostname)
    note("counters", facts.counters.extended)
    return sentences
  }
}

extension Capability {
  /// What is not answered without it.
  fileprivate var loss: String {
    switch self {
    case .netAdmin: "packet-filter rules are not read"
    case .netRaw: "rules of iptables-legacy are not read"
    case .sysPtrace:
      "sockets of other users' processes have no owner, and other network namespaces are not seen"
    case .dacReadSearch: "files that only their owner may read are not read"
    }
  }
}
