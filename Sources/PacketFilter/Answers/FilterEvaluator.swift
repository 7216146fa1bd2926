import Addressing

/// Answers questions about one host's packet filters.
///
/// Rules and sets that a question needed are kept parsed for the next.
package struct FilterEvaluator: Sendable {
  private let rules: PacketFilterRules
  private let host: HostView
  private var libraries: [IPAddress.Family: RuleLibrary] = [:]

  /// An evaluator of those rules on that host.
  package init(rules: PacketFilterRules, host: HostView) {
    self.rules = rules
    self.host = host
  }

  /// What becomes of the question's packets: a partition of the sources, in address order.
  package mutating func answers(to question: FilterQuestion) -> [FilterAnswer] {
    AnswerAssembly(evaluation: evaluate(question)).answers()
  }

  /// The same with the steps of every rule that did something.
  package mutating func trace(_ question: FilterQuestion) -> FilterTrace {
    let evaluation = evaluate(question)
    let text = RuleText(rules.model)
    return FilterTrace(
      answers: AnswerAssembly(evaluation: evaluation).answers(),
      steps: evaluation.steps.map { step in
        FilterStep(
          hook: step.hook, direction: step.role == .request ? .request : .reply,
          place: text.place(step.decision), rule: text.rule(step.decision), action: step.action,
          sources: AddressSet(family: evaluation.family, numbers: step.sources))
      })
  }

  private mutating func evaluate(_ question: FilterQuestion) -> Evaluation {
    let family = question.destination.family
    let library = libraries.removeValue(forKey: family) ?? RuleLibrary(rules.model, family)
    var evaluation = Evaluation(
      question: question, host: host, library: library,
      hooks: HookOrder(rules.model, family, inInterface: question.inInterface))
    evaluation.run()
    libraries[family] = evaluation.library
    return evaluation
  }
}
