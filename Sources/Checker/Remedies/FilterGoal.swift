import LoadBalancer
import PacketFilter

/// Whom a remedy of the packet filter must let in to be offered.
enum FilterGoal: Hashable {
  /// Every source of the probes.
  case everySource
  /// Enough of a target's clients; who is banned stays so.
  case clients(ClientSpace)

  /// The target with the sources that rules are asked for.
  func asked(_ target: Target) -> Target {
    switch self {
    case .everySource: target
    case .clients(let space): target.asSeen(from: space.asked)
    }
  }

  func isReached(by filtering: ProbeFiltering) -> Bool {
    switch self {
    case .everySource: return filtering.letsAllIn
    case .clients(let space):
      switch filtering {
      case .noRules: return true
      case .notAsked: return false
      case .answers(let answers): return !ClientFate(answers, of: space).isCutOff
      }
    }
  }

  /// What is still in the way; `nil` where nothing is.
  func obstacle(among answers: [FilterAnswer]) -> FilterAnswer? {
    switch self {
    case .everySource: return answers.first { !$0.isPassed }
    case .clients(let space):
      let fate = ClientFate(answers, of: space)
      return fate.isCutOff ? fate.worst?.first : nil
    }
  }
}
