import Addressing

/// One thing that a rule did on the way of a question's packets.
struct EvaluationStep: Sendable {
  var hook: Hook
  var role: Header.Role
  var decision: Decision
  var action: FilterStep.Action
  var sources: IntervalSet
}
