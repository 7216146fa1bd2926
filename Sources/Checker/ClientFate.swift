import Addressing
import PacketFilter

/// What becomes of a target's clients by the packet filter's answers.
struct ClientFate {
  /// For each kind of client, in the space's order.
  let kinds: [Share]
  /// Answers of the rules of one chain that stop the most of them.
  let worst: LikeAnswers?

  /// How many addresses of a kind are stopped.
  struct Share {
    var kind: ClientSpace.Kind
    var stopped: Double
    var all: Double

    var isCutOff: Bool {
      switch kind.tolerance {
      case .half: stopped * 2 > all
      case .allButNone: stopped == all
      }
    }
  }

  init(_ answers: [FilterAnswer], of space: ClientSpace) {
    // Who is let in and has no route back is the routing hop's to tell.
    let stopping = answers.filter { $0.isStopped && !$0.isWithoutRouteBack }
    let groups = LikeAnswers.grouped(stopping)
    kinds = space.kinds.map { kind in
      let stopped = groups.reduce(0) {
        $0 + $1.first.sources.intersection(kind.addresses).size
      }
      return Share(kind: kind, stopped: stopped, all: kind.addresses.size)
    }
    worst = groups.max { left, right in
      ClientFate.size(left, space) < ClientFate.size(right, space)
    }
  }

  private static func size(_ answers: LikeAnswers, _ space: ClientSpace) -> Double {
    space.kinds.reduce(0) { $0 + answers.first.sources.intersection($1.addresses).size }
  }

  /// Whether clients do not get in, whichever kind they are of.
  var isCutOff: Bool { kinds.allSatisfy(\.isCutOff) }

  /// Whether any client is stopped.
  var isTouched: Bool { kinds.contains { $0.stopped > 0 } }
}

extension ClientFate.Share {
  /// `all public IPv4 addresses`, `93 % of all public IPv4 addresses`, `17 public IPv4 addresses`.
  var words: String {
    if stopped == all { return "all \(kind.words)" }
    let percent = Int(stopped * 100 / all)
    if percent > 0 { return "\(percent) % of all \(kind.words)" }
    return stopped < 1_000_000 ? "\(Int(stopped)) \(kind.words)" : "under 1 % of all \(kind.words)"
  }
}
