import FoundationEssentials

/// Whether the evaluator names the rule that the kernel ended a packet with.
struct Attribution: Sendable, CustomStringConvertible {
  var probe: Probe
  var drop: PacketTrace.Drop
  /// The rule's number in its chain; `nil` for a policy.
  var position: Int?
  var answer: Answer

  /// Whether the place names the table and the chain, and the rule by its number.
  var isRight: Bool {
    let words = (answer.place ?? "").split(separator: " ")
    guard words.contains(Substring(drop.table)), words.contains(Substring(drop.chain)) else {
      return false
    }
    return words.last.flatMap { Int($0) } == position
  }

  var description: String {
    let number = position.map(String.init) ?? "policy"
    return "\(probe.proto) from \(probe.src) to \(probe.dst) \(probe.dport ?? 0): kernel "
      + "\(drop.family) \(drop.table) \(drop.chain) \(number); evaluator \(answer)"
  }

  /// Compares every request that a rule of nf_tables ended and the evaluator says the same of.
  ///
  /// - Throws: `Refusal` where the ruleset does not load.
  static func compare(
    _ ruleset: Ruleset, _ asked: [(Question, Probe)], _ tracer: Tracer
  ) async throws -> [Attribution] {
    try await withTemporaryDirectory { directory in
      var job = World.Job(load: ruleset.loadSteps, probes: asked.map(\.1), listings: directory)
      job.rounds = 1
      job.trace = true
      let measurement = try await World.measure(job)
      let outcomes = try measurement.outcomes().first ?? []
      let trace = PacketTrace(parsing: measurement.trace ?? "")
      let positions = try RulePositions(
        parsing: try String(contentsOfFile: "\(directory)/nft.json", encoding: .utf8))
      let questions = asked.map(\.0).uniqued()
      let replies = try await tracer.ask(questions, rules: directory)
      let byQuestion = Dictionary(uniqueKeysWithValues: zip(questions, replies))
      return asked.indices.compactMap { index in
        let (question, probe) = asked[index]
        let answers = byQuestion[question]?.answers(for: probe.src) ?? []
        let packet = PacketTrace.Packet(source: probe.src, port: probe.sport)
        guard let drop = trace.drops[packet], let answer = answers.first, answers.count == 1,
          answer.direction != "reply", Judgement(answers, [outcomes[index]]) == .agreed
        else { return nil }
        return Attribution(
          probe: probe, drop: drop, position: positions.position(of: drop), answer: answer)
      }
    }
  }
}
