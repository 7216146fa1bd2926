import Addressing
import Checker
import LoadBalancer
import Reporting
import TestSupport

/// Reports of any shape, from a seed: long words, wide, hostile and empty text, circles of causes.
struct RandomReport {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func report() -> Report {
    let targets = many(0...4) { $0.target() }
    let names = targets.map(\.target.name)
    return Report(
      reportID: "random", takenAt: Timestamp(secondsSinceEpoch: Int64(random.next() >> 32)),
      durationMilliseconds: Int(random.next() >> 40), agentVersion: "0.1.0",
      host: ReportHost(
        hostname: text(), privateAddresses: many(0...3) { $0.text() }, kernel: text(),
        distribution: text(), instanceID: text(), region: text()),
      diagnosis: Diagnosis(
        verdict: pick(Verdict.allCases, else: .pass), targetOrigin: .named, targets: targets,
        findings: many(0...9) { $0.finding(names) }, missing: many(0...3) { $0.text() }),
      note: many(0...2) { $0.text() })
  }

  private mutating func target() -> TargetDiagnosis {
    var check = HealthCheck()
    check.httpCheckPath = "/" + text()
    check.httpCheckDomain = text()
    var target = Target(
      transport: pick(TargetProtocol.allCases, else: .tcp),
      address: .v4(UInt32(truncatingIfNeeded: random.next())), port: 80, healthCheck: check)
    if pick([true, false], else: true) {
      target.listener = ListenerReference(
        loadBalancerID: text(), listenerID: text(), locationID: text(),
        listenerProtocol: pick(ListenerProtocol.allCases, else: .tcp), listenerPort: 80,
        domain: text(), url: text(), region: nil)
      target.reportedState = pick(HealthState.allCases, else: .dead)
    }
    return TargetDiagnosis(
      target: target,
      verdict: pick(Verdict.allCases, else: .pass),
      path: many(0...14) { it in
        HopDiagnosis(
          hop: it.pick(["address", "nat", "security-software", it.text()], else: "nat"),
          verdict: it.pick(Verdict.allCases, else: .pass), summary: it.text(),
          cause: it.pick([nil, it.id()], else: nil))
      })
  }

  private mutating func finding(_ targets: [String]) -> Finding {
    Finding(
      id: id(), layer: pick(Layer.allCases, else: .host),
      severity: pick(Severity.allCases, else: .info), summary: text(),
      evidence: many(0...3) { Evidence(source: $0.text(), text: $0.text()) },
      remedies: many(0...3) { it in
        Remedy(
          summary: it.text(), commands: it.many(0...2) { $0.command() },
          persistence: it.pick([.temporary, .permanent], else: .permanent),
          disruptive: it.pick([true, false], else: true),
          undo: it.many(0...2) { $0.command() }, verify: it.command())
      },
      targets: targets.filter { _ in pick([true, false], else: true) },
      cause: pick([nil, id()], else: nil))
  }

  private mutating func id() -> FindingID {
    FindingID(rawValue: "nat.\(pick(["one", "two", "three", "four"], else: "one"))")
  }

  /// Words that a shell can be given on lines of their own.
  private mutating func command() -> String {
    many(1...30) { String(repeating: $0.pick(["a", "x-", "'b c'"], else: "a"), count: 1) }
      .joined(separator: " ")
  }

  private mutating func text() -> String {
    let words = many(0...14) { it in
      let piece = it.pick(
        ["a", "word", "负", "🚦", "e\u{301}", "\u{903}", "\u{1b}[1m", "\u{202e}", "\n", "|"],
        else: "a")
      return String(repeating: piece, count: it.pick([1, 2, 5, 90], else: 1))
    }
    return words.joined(separator: pick([" ", "  ", "\t"], else: " "))
  }

  private mutating func pick<Value>(_ values: [Value], else fallback: Value) -> Value {
    values.randomElement(using: &random) ?? fallback
  }

  private mutating func many<Value>(_ counts: ClosedRange<Int>, _ make: (inout Self) -> Value)
    -> [Value]
  {
    var values: [Value] = []
    for _ in 0..<Int.random(in: counts, using: &random) { values.append(make(&self)) }
    return values
  }
}
