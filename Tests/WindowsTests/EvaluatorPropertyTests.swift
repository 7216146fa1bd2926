import Addressing
import TestSupport
import Testing
import Windows

/// Random firewalls, decided for whole ranges by the evaluator and for single addresses by three
/// sentences of the documentation.
@Suite("The evaluator, against one address at a time")
struct EvaluatorPropertyTests {
  private static let pools = [
    "100.64.0.0/10", "100.64.0.0/12", "100.80.0.0/12", "100.96.0.0/11", "100.64.0.0/16",
    "0.0.0.0/0",
    "100.127.255.255/32",
  ]

  @Test("agrees with it", arguments: 0..<20)
  func agrees(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let firewall = Self.firewall(&dice)
      let question = try EvaluatorTests.question()
      let answers = firewall.answers(to: question)
      let total = answers.reduce(AddressSet(family: .ipv4, numbers: IntervalSet())) {
        #expect($0.intersection($1.sources).isEmpty)
        return $0.union($1.sources)
      }
      #expect(total == question.sources)
      for _ in 0..<12 {
        let address = IPAddress.v4(0x6440_0000 | UInt32.random(in: 0..<1 << 22, using: &dice))
        let answer = try #require(answers.first { $0.sources.contains(address) })
        #expect(answer.verdict == Self.verdict(firewall, address), "\(address) \(firewall)")
      }
    }
  }

  private static func firewall(_ dice: inout SeededGenerator) -> WindowsFirewall {
    let policies: [FirewallProfile.InboundPolicy] = [.block, .block, .block, .blockAlways, .allow]
    let profiles = FirewallProfile.Kind.allCases.map { kind in
      FirewallProfile(
        kind, isOn: Int.random(in: 0..<5, using: &dice) > 0,
        inbound: policies.randomElement(using: &dice) ?? .block)
    }
    let rules = (0..<Int.random(in: 0...6, using: &dice)).map { number in
      var rule = FirewallRule(
        name: "rule \(number)", action: Bool.random(using: &dice) ? .allow : .block)
      rule.isEnabled = Int.random(in: 0..<6, using: &dice) > 0
      rule.profiles = rule.profiles.filter { _ in Int.random(in: 0..<4, using: &dice) > 0 }
      rule.remoteAddresses = (0...Int.random(in: 0...1, using: &dice)).compactMap { _ in
        pools.randomElement(using: &dice).flatMap { AddressTerm(parsing: $0) }
      }
      rule.localPorts =
        [[PortTerm.any], [.ports(PortRange(80))], [.ports(PortRange(81))]]
        .randomElement(using: &dice) ?? [.any]
      rule.transport = .tcp
      // Without a program the receiver is not asked; this one cannot be told.
      rule.unknownFields = Int.random(in: 0..<6, using: &dice) == 0 ? ["Platform: 10.0"] : []
      return rule
    }
    let active: Set<FirewallProfile.Kind>? = Bool.random(using: &dice) ? [.public] : nil
    return WindowsFirewall(profiles: profiles, active: active, rules: rules)
  }

  /// Every way in which the rules in doubt may turn out and every profile that may be active: decided is
  /// what they all agree in.
  private static func verdict(
    _ firewall: WindowsFirewall, _ address: IPAddress
  ) -> FirewallAnswer.Verdict {
    let doubtful = firewall.rules.indices.filter { !firewall.rules[$0].unknownFields.isEmpty }
    var outcomes: Set<Bool> = []
    for choice in 0..<(1 << doubtful.count) {
      let ignored = Set(
        doubtful.enumerated().filter { choice >> $0.offset & 1 == 0 }.map(\.element))
      let rules = firewall.rules.enumerated().filter { !ignored.contains($0.offset) }.map(\.element)
      for profile in firewall.deciding { outcomes.insert(passes(profile, rules, address)) }
    }
    return outcomes.count == 1 ? (outcomes == [true] ? .passes : .blocked) : .undecided
  }

  private static func passes(
    _ profile: FirewallProfile, _ rules: [FirewallRule], _ address: IPAddress
  ) -> Bool {
    guard profile.isOn else { return true }
    guard profile.inbound != .blockAlways else { return false }
    let taking = rules.filter { rule in
      rule.isEnabled && rule.profiles.contains(profile.kind)
        && rule.localPorts.contains { $0 != .ports(PortRange(81)) }
        && rule.remoteAddresses.contains { term in
          if case .addresses(let set) = term { return set.contains(address) }
          return false
        }
    }
    if taking.contains(where: { $0.action == .block }) { return false }
    return taking.contains { $0.action == .allow } || profile.inbound == .allow
  }
}
