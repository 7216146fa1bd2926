import Addressing

/// How an answer stands to what the kernel did.
enum Judgement: Sendable, Hashable {
  case agreed
  /// The evaluator names a stateful match.
  case depends
  /// The evaluator names what it does not know.
  case undecided
  /// Both stop the packet, each in another way, where legacy iptables and nf_tables are loaded: which
  /// of them runs first at the same priority, no listing tells.
  case unordered
  case disagreed(Difference)

  /// In what an answer and the kernel differ.
  enum Difference: String, Sendable, Hashable {
    case verdict
    /// Both reject, each in another way.
    case rejection
    /// Both forward, each to another place.
    case destination
    /// The evaluator decides, and the kernel decides now so and now otherwise.
    case unstable
    /// No answer holds the source, or more than one.
    case partition
    /// A word that the contract does not have.
    case contract
  }
}

extension Judgement: CustomStringConvertible {
  var description: String {
    switch self {
    case .agreed: "agreed"
    case .depends: "depends"
    case .undecided: "undecided"
    case .unordered: "stopped in another order"
    case .disagreed(let difference): "they differ in the \(difference.rawValue)"
    }
  }
}

extension Judgement {
  /// Judges the answers for one probe's source by the probe's outcomes in each round.
  ///
  /// - Parameter isOrderKnown: whether the listings tell the order of all chains.
  init(_ answers: [Answer], _ outcomes: [Outcome], isOrderKnown: Bool = true) {
    guard let answer = answers.first, answers.count == 1, let outcome = outcomes.first else {
      self = .disagreed(.partition)
      return
    }
    switch answer.verdict {
    case "depends": self = .depends
    case "undecided": self = .undecided
    case "accept", "drop", "reject", "forward":
      guard outcomes.allSatisfy({ $0.isSame(as: outcome) }) else {
        self = .disagreed(.unstable)
        return
      }
      let difference = Judgement.difference(answer, outcome)
      let stops = [answer.verdict, outcome.verdict.rawValue].allSatisfy {
        ["drop", "reject"].contains($0)
      }
      self =
        stops && difference != nil && !isOrderKnown
        ? .unordered : difference.map { .disagreed($0) } ?? .agreed
    default: self = .disagreed(.contract)
    }
  }

  private static func difference(_ answer: Answer, _ outcome: Outcome) -> Difference? {
    // Whatever stops the host's answer, the prober hears nothing.
    let isSilent = answer.direction == "reply" && answer.verdict == "reject"
    let verdict = isSilent ? "drop" : answer.verdict
    guard verdict == outcome.verdict.rawValue else { return .verdict }
    switch outcome.verdict {
    case .reject:
      guard let code = outcome.code, let with = answer.with else { return .rejection }
      let family: IPAddress.Family = code.hasPrefix("1/") ? .ipv6 : .ipv4
      return RejectionCode.of(with, family) == code ? nil : .rejection
    case .forward: return answer.to.map { outcome.goes(to: $0) } == false ? .destination : nil
    case .accept, .drop: return nil
    }
  }
}

extension Outcome {
  /// Whether two rounds met the same; the echo's port tells nothing that a verdict does not.
  fileprivate func isSame(as other: Outcome) -> Bool {
    verdict == other.verdict && code == other.code && to == other.to
  }

  /// Whether a forwarded packet went to `ADDRESS`, `ADDRESS:PORT` or `[ADDRESS]:PORT`.
  fileprivate func goes(to text: String) -> Bool {
    guard let to else { return false }
    return text == "\(to)" || text == "\(to.urlHost):\(port ?? 0)" || text == "\(to):\(port ?? 0)"
  }
}
