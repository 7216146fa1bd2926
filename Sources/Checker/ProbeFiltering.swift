import Addressing
package import Collectors
import Host
package import LoadBalancer
package import PacketFilter

/// What the host's packet filters do to a target's probes.
package enum ProbeFiltering: Sendable, Hashable {
  /// There is no rule of any kind.
  case noRules
  /// A partition of the probes' sources, in address order.
  case answers([FilterAnswer])
  /// There are rules, or nobody knows; and why the question could not be put.
  case notAsked(String)
}

/// The packet filters of one host, asked for each of its targets.
package struct ProbeFilters: Sendable {
  package let rules: PacketFilterRules
  private var evaluator: FilterEvaluator
  private let facts: HostFacts

  package init(_ facts: HostFacts) {
    self.facts = facts
    rules = PacketFilterRules(listings: facts.packetFilter.forEvaluation)
    evaluator = FilterEvaluator(rules: rules, host: facts.hostView)
  }

  /// Whether rules are so many that a question about all addresses would take long.
  ///
  /// Every rule about one address splits such a question, and every part of it is an answer.
  var isLarge: Bool {
    let listings = facts.packetFilter
    let sizes = [
      listings.nftables, listings.legacyIPv4, listings.legacyIPv6, listings.compatibleIPv4,
      listings.compatibleIPv6,
    ].compactMap(\.value?.count)
    return sizes.reduce(0, +) > 1 << 18
  }

  /// What becomes of the probes of one target.
  ///
  /// - Parameter transport: what the packets are; `nil` for those that go to the target's port.
  package mutating func filtering(
    _ target: Target, as transport: FilterQuestion.TransportKind? = nil
  ) -> ProbeFiltering {
    guard facts.packetFilter.outlines.presence != .nothing else { return .noRules }
    return ProbeFilters.ask(&evaluator, target, transport ?? target.transportKind, facts)
  }

  /// What would become of them with other rules.
  func filtering(
    _ target: Target, as transport: FilterQuestion.TransportKind, by rules: PacketFilterRules
  ) -> ProbeFiltering {
    var other = FilterEvaluator(rules: rules, host: facts.hostView)
    return ProbeFilters.ask(&other, target, transport, facts)
  }

  private static func ask(
    _ evaluator: inout FilterEvaluator, _ target: Target,
    _ transport: FilterQuestion.TransportKind, _ facts: HostFacts
  ) -> ProbeFiltering {
    switch question(target, transport, facts) {
    case .success(let question): .answers(evaluator.answers(to: question))
    case .failure(let reason): .notAsked(reason.words)
    }
  }

  private struct NotAsked: Error { var words: String }

  private static func question(
    _ target: Target, _ transport: FilterQuestion.TransportKind, _ facts: HostFacts
  ) -> Result<FilterQuestion, NotAsked> {
    let family = target.address.family
    let sources = target.sourcesOfItsFamily.reduce(
      AddressSet(family: family, numbers: IntervalSet())
    ) { $0.union(AddressSet($1)) }
    guard !sources.isEmpty else {
      return .failure(
        NotAsked(words: "nobody said where probes of \(target.address) come from; see --source"))
    }
    guard let arrival = facts.arrival(of: target.address) else {
      return .failure(
        NotAsked(words: "by which interface probes of \(target.address) come in is not known"))
    }
    guard
      let question = FilterQuestion(
        sources: sources, destination: target.address, transport: transport, port: target.port,
        inInterface: arrival.name)
    else { return .failure(NotAsked(words: "\(target.name) is no question for rules")) }
    return .success(question)
  }
}

extension Target {
  /// What the packets to the target's port are.
  var transportKind: FilterQuestion.TransportKind { transport == .udp ? .udp : .tcp }
}

extension ProbeFiltering {
  /// Where translation sends probes instead of the target's own address and port: `172.17.0.2:8080`.
  ///
  /// - Parameter endpoint: the target's own.
  func destinations(besides endpoint: String) -> [String] {
    guard case .answers(let answers) = self else { return [] }
    var found: [String] = []
    for answer in answers where answer.isPassed {
      if let to = answer.to, to != endpoint, !found.contains(to) { found.append(to) }
    }
    return found
  }

  /// Whether some probes surely get in, and there is a rule at all.
  var letsSomeIn: Bool {
    guard case .answers(let answers) = self else { return false }
    return answers.contains(where: \.isPassed)
  }

  /// Whether every source's fate is known, and none is stopped.
  var letsAllIn: Bool {
    switch self {
    case .noRules: true
    case .notAsked: false
    case .answers(let answers):
      answers.allSatisfy(\.isPassed)
    }
  }
}
