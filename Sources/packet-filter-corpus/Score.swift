import Addressing
import FoundationEssentials
import Collectors
import Host
import PacketFilter

/// How often the evaluator agrees with the kernel.
struct Score {
  private(set) var stable = 0
  private(set) var decided = 0
  private(set) var unstable = 0
  /// A line for each probe that was decided otherwise than by the kernel.
  private(set) var wrong: [String] = []
  /// A line for each probe that was decided though the kernel did now this, now that.
  private(set) var unstableButDecided: [String] = []
  /// A line for each stable probe left open.
  private(set) var open: [String] = []
  /// How often each reason left a stable probe open.
  private(set) var reasons: [String: Int] = [:]
  /// Listings that could not be parsed.
  private(set) var failures: [String] = []
  private(set) var evaluating = Duration.zero
  private(set) var parsing = Duration.zero

  /// Asks every probe of a ruleset as one tool loaded it.
  mutating func add(_ corpus: Corpus, _ ruleset: Corpus.Ruleset, _ loader: String) {
    let path = corpus.path(of: ruleset, loader)
    let probes = corpus.probes(of: ruleset)
    let directory = RulesDirectory(LiveDoor(root: path))
    let clock = ContinuousClock()
    var rules: PacketFilterRules?
    parsing += clock.measure { rules = PacketFilterRules(listings: directory.listings) }
    guard let rules else { return }
    for failure in rules.failures { print("PARSE \(path): \(failure.command) \(failure.failure)") }
    var evaluators: [String: FilterEvaluator] = [:]
    var groups: [Key: [Corpus.Probe]] = [:]
    for probe in probes {
      groups[
        Key(dst: probe.dst, proto: probe.proto, dport: probe.dport, iif: probe.iif), default: []
      ].append(probe)
    }
    for (key, group) in groups {
      var numbers: [IntervalSet.Interval] = []
      for probe in group {
        guard let source = IPAddress(parsing: probe.src) else { continue }
        numbers.append(.init(source.number, source.number))
      }
      guard let destination = IPAddress(parsing: key.dst),
        let transport = FilterQuestion.TransportKind(rawValue: key.proto),
        let question = FilterQuestion(
          sources: AddressSet(family: destination.family, numbers: IntervalSet(numbers)),
          destination: destination, transport: transport, port: key.dport, inInterface: key.iif)
      else { continue }
      var answers: [FilterAnswer] = []
      var evaluator =
        evaluators[key.iif]
        ?? FilterEvaluator(rules: rules, host: directory.host(defaultRoutesBy: key.iif))
      evaluators[key.iif] = nil
      evaluating += clock.measure { answers = evaluator.answers(to: question) }
      evaluators[key.iif] = evaluator
      for probe in group {
        guard let source = IPAddress(parsing: probe.src) else { continue }
        count(probe, answers.first { $0.sources.contains(source) }, path)
      }
    }
  }

  private struct Key: Hashable {
    var dst: String
    var proto: String
    var dport: UInt16?
    var iif: String
  }

  private mutating func count(_ probe: Corpus.Probe, _ answer: FilterAnswer?, _ path: String) {
    guard let answer else {
      wrong.append("\(path): no answer for \(probe)")
      stable += 1
      return
    }
    let isOpen = answer.verdict == .depends || answer.verdict == .undecided
    if probe.stable == false {
      unstable += 1
      if !isOpen { unstableButDecided.append(line(probe, answer, path)) }
      return
    }
    stable += 1
    if isOpen {
      let reason = "\(answer.verdict) \(answer.because.joined(separator: " + "))"
      reasons[reason, default: 0] += 1
      open.append(line(probe, answer, path))
      return
    }
    decided += 1
    if !agrees(probe, answer) { wrong.append(line(probe, answer, path)) }
  }

  private func line(_ probe: Corpus.Probe, _ answer: FilterAnswer, _ path: String) -> String {
    "\(path.split(separator: "/").suffix(2).joined(separator: "/")): \(probe.src) -> \(probe.dst):\(probe.dport ?? 0)/\(probe.proto) \(probe.iif): kernel \(probe.verdict) \(probe.code ?? "") \(probe.to ?? "") \(probe.tport ?? 0); answer \(answer.verdict) \(answer.with ?? "") \(answer.to ?? "") \(answer.because) by \(answer.place ?? "-"): \(answer.rule ?? "-")"
  }

  private func agrees(_ probe: Corpus.Probe, _ answer: FilterAnswer) -> Bool {
    switch answer.verdict {
    case .accept:
      // A port behind a translation to this host may be closed.
      if answer.to != nil, probe.verdict == "reject-rst" || probe.verdict == "reject-icmp" {
        return true
      }
      return probe.verdict == "accept"
    case .drop: return probe.verdict == "drop"
    case .forward:
      guard probe.verdict == "forward", let to = probe.to else { return false }
      let port = probe.tport ?? probe.dport
      let expected = to.contains(":") && port != nil ? "[\(to)]" : to
      return answer.to == (probe.proto == "icmp" ? to : port.map { "\(expected):\($0)" } ?? to)
    case .reject:
      if answer.with == "tcp-reset" { return probe.verdict == "reject-rst" }
      return probe.verdict == "reject-icmp" && probe.code == Self.codes[answer.with ?? ""]
    case .depends, .undecided: return true
    }
  }

  private static let codes = [
    "icmp-net-unreachable": "3/0", "icmp-host-unreachable": "3/1", "icmp-proto-unreachable": "3/2",
    "icmp-port-unreachable": "3/3", "icmp-net-prohibited": "3/9", "icmp-host-prohibited": "3/10",
    "icmp-admin-prohibited": "3/13", "icmp6-no-route": "1/0", "icmp6-adm-prohibited": "1/1",
    "icmp6-addr-unreachable": "1/3", "icmp6-port-unreachable": "1/4", "icmp6-policy-fail": "1/5",
    "icmp6-reject-route": "1/6",
  ]

}
