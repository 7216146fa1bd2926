import FoundationEssentials
import Testing

@Suite("The packet-filter evaluator beside the kernel", .serialized)
struct TrialTests {
  @Test("decides random rulesets as the kernel does", .needsTrace, .needsKernel)
  func agrees() async throws {
    let options = TrialOptions()
    let trial = Trial(
      tracer: try #require(Tracer.named), seed: options.seed, rulesets: options.rulesets,
      duration: .seconds(options.seconds), workers: options.workers, mostReports: options.reports)
    let outcome = try await trial.run { report in
      print(report)
      guard let directory = options.directory else { return }
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      let name = "seed-\(report.seed)-\(report.comparison.probe.sport)"
      try "\(report)".write(toFile: "\(directory)/\(name).txt", atomically: true, encoding: .utf8)
      try report.save(below: "\(directory)/regressions", named: name)
    }
    print(outcome.figures)
    #expect(outcome.figures.disagreed == 0, "\(outcome.reports.count) kinds are shrunk above")
    #expect(outcome.figures.probes > 0)
  }

  /// What the evaluator knows that it does not know; all else it decides.
  private static let leftOpen: Set<String> = [
    "dormant-nat-table-of-a-garbled-flag", "icmp-error-of-a-forwarded-packet-has-the-hosts-address",
    "icmp-error-before-routing-has-the-preferred-source",
    "inet-snat-of-one-family-tracks-that-family-alone", "snat-in-input-routes-the-answer",
    "th-matches-any-protocol",
  ]

  @Test("decides what is easily judged wrongly", .needsTrace, arguments: Regression.all)
  func regression(_ regression: Regression) async throws {
    let tracer = try #require(Tracer.named)
    let replies = try await tracer.ask([regression.test.question], rules: regression.directory)
    let answers = replies.first?.answers(for: regression.test.source) ?? []
    let judgement = Judgement(answers, [regression.test.kernel])
    #expect(
      judgement == (Self.leftOpen.contains(regression.name) ? .undecided : .agreed),
      "kernel: \(regression.test.kernel); evaluator: \(answers.map(\.description))")
  }

  @Test("keeps what this kernel does, too", .needsKernel, arguments: Regression.all)
  func kernel(_ regression: Regression) async throws {
    let probe = Probe(regression.test.question, from: regression.test.source, port: 4000)
    let job = World.Job(load: regression.loadSteps, probes: [probe])
    let rounds = try await World.measure(job).outcomes()
    #expect(rounds.compactMap(\.first) == [regression.test.kernel, regression.test.kernel])
  }

  @Test("has regressions to replay")
  func present() { #expect(Regression.all.count > 20) }
}
