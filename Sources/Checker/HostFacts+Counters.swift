import Collectors
import Host

/// A counter of the kernel since the host, or its network namespace, started.
struct CounterTotal: Hashable {
  var total: Int
  var evidence: Evidence
}

extension HostFacts {
  /// A counter that is there and above zero.
  ///
  /// Counters only grow, so one reading says that a thing happened and not when.
  func counted(_ name: CounterName) -> CounterTotal? {
    guard case .value(let total, let source) = counters[name], total > 0 else { return nil }
    return CounterTotal(
      total: total, evidence: Evidence(source: source.description, text: "\(name) \(total)"))
  }
}
