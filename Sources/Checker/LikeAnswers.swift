import Addressing
import PacketFilter

/// Answers of one chain's rules that all do the same, as the bans of a jail: one finding tells of them.
struct LikeAnswers {
  /// The first of them, with the sources of all.
  private(set) var first: FilterAnswer
  private var ranges: [IntervalSet.Interval] = []
  private var rules: [Evidence] = []
  private var count = 1

  /// More rules than this are counted, and not shown.
  private static let mostRules = 8

  private init(_ answer: FilterAnswer) {
    first = answer
    ranges = Array(answer.sources.numbers.intervals)
    rules = [answer].compactMap(\.evidence)
  }

  /// Sorts answers by what they do and in which chain, in the order of the first of each kind.
  static func grouped(_ answers: [FilterAnswer]) -> [LikeAnswers] {
    var groups: [LikeAnswers] = []
    var indices: [Kind: Int] = [:]
    for answer in answers {
      let kind = Kind(answer)
      if let index = indices[kind] {
        groups[index].add(answer)
      } else {
        indices[kind] = groups.count
        groups.append(LikeAnswers(answer))
      }
    }
    for index in groups.indices { groups[index].join() }
    return groups
  }

  /// Gives the first answer the sources of all; at once, for there may be very many.
  private mutating func join() {
    first.sources = AddressSet(family: first.sources.family, numbers: IntervalSet(ranges))
  }

  private mutating func add(_ answer: FilterAnswer) {
    ranges += answer.sources.numbers.intervals
    guard answer.place != first.place else { return }
    count += 1
    if rules.count < Self.mostRules, let evidence = answer.evidence { rules.append(evidence) }
  }

  /// The rules verbatim, each with its place and what it has counted.
  var evidence: [Evidence] { rules }

  /// As `FilterAnswer.ruleWords`, with how many more rules there are.
  var ruleWords: String {
    guard count > 1 else { return first.ruleWords }
    return "\(first.ruleWords), as \(count - 1) more of its chain,"
  }

  private struct Kind: Hashable {
    var verdict: FilterAnswer.Verdict
    var with: String?
    var direction: FilterAnswer.Direction
    var chain: Substring?
    var because: [String]

    init(_ answer: FilterAnswer) {
      verdict = answer.verdict
      with = answer.with
      direction = answer.direction
      because = answer.because
      let place = answer.place ?? ""
      chain = place.lastIndex(of: " ").map { place[..<$0] }
    }
  }
}

extension FilterAnswer {
  fileprivate var evidence: Evidence? {
    guard let rule else { return nil }
    let count = countedPackets.map { " [\($0) packets so far]" } ?? ""
    return Evidence(source: place ?? "rules", text: rule + count)
  }
}
