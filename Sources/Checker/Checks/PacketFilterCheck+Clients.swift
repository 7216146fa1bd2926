import Addressing
import LoadBalancer
import PacketFilter

extension PacketFilterCheck {
  /// What rules do to clients where they let probes in; the check stays green, so nobody sees it there.
  static func clients(_ question: CheckQuestion) -> Finding? {
    guard case .answers(let answers)? = question.clientFiltering,
      let space = question.clientSpace
    else { return nil }
    let fate = ClientFate(answers, of: space)
    guard fate.isTouched, let worst = fate.worst else { return nil }
    return fate.isCutOff
      ? cutOff(question, fate, worst, space) : partly(question.target, fate, worst)
  }

  private static func cutOff(
    _ question: CheckQuestion, _ fate: ClientFate, _ worst: LikeAnswers, _ space: ClientSpace
  ) -> Finding {
    let target = question.target
    var asClients = question
    asClients.target = target.asSeen(from: space.whole)
    return declaration.finding(
      "drops-clients", .warn,
      "the check is green and clients are stopped: probes from \(target.sourceWords) get in, and "
        + "\(worst.ruleWords) \(worst.verb) what comes to port \(target.backendPort) from "
        + fate.kinds.map(\.words).joined(separator: " and ") + reason(target),
      evidence: worst.evidence,
      remedies: FilterRemedies(asClients, worst.first, goal: .clients(space)).all)
  }

  private static func reason(_ target: Target) -> String {
    switch target.clientSources {
    case .keptConnections:
      "; this listener keeps connections to real servers (KeepaliveEnable), so traffic comes from there"
    case .named: ""
    case .publicAddresses, .privateAddresses, .publicOrPrivate, .translated:
      "; clients come with their own addresses"
    }
  }

  /// Less than that is a ban list, or a filter of what nobody has: worth a line, and no warning.
  private static func partly(
    _ target: Target, _ fate: ClientFate, _ worst: LikeAnswers
  ) -> Finding {
    let touched = fate.kinds.filter { $0.stopped > 0 }
    let doubt =
      touched.contains(where: \.isCutOff)
      ? "; the settings' key clients says whether that matters" : ""
    return declaration.finding(
      "drops-some-clients", .info,
      "\(worst.ruleWords) \(worst.verb) what comes to port \(target.backendPort) from "
        + touched.map(\.words).joined(separator: " and ") + doubt,
      evidence: worst.evidence)
  }
}

extension LikeAnswers {
  fileprivate var verb: String {
    let direction = first.direction == .reply ? " the answers to" : ""
    return (first.verdict == .reject ? "rejects" : "drops") + direction
  }
}

extension Target {
  /// `100.64.0.0/10`, the sources that matter for its address.
  var sourceWords: String { sourcesOfItsFamily.map(\.shortDescription).joined(separator: ", ") }
}
