import Addressing

/// Makes one answer for each part of the sources out of the endings of an evaluation.
struct AnswerAssembly {
  let evaluation: Evaluation

  /// The answers, in the order of their lowest addresses.
  func answers() -> [FilterAnswer] {
    var order: [FilterAnswer] = []
    var parts: [FilterAnswer: [IntervalSet.Interval]] = [:]
    var known: [[Int]: FilterAnswer] = [:]
    var passages = Passages(evaluation.passed, RuleText(evaluation.library.model))
    for segment in segments() {
      let answer = known[segment.endings] ?? answer(segment.endings)
      known[segment.endings] = answer
      for (interval, key) in named(segment, answer, &passages) {
        if parts[key] == nil { order.append(key) }
        parts[key, default: []].append(interval)
      }
    }
    return order.map { key in
      var answer = key
      answer.sources = AddressSet(
        family: evaluation.family, numbers: IntervalSet(parts[key] ?? []))
      return answer
    }
  }

  /// Sources that come to the same endings.
  private struct Segment {
    var interval: IntervalSet.Interval
    var endings: [Int]
  }

  private func segments() -> [Segment] {
    var events: [(at: UInt128, ending: Int, begins: Bool)] = []
    for (index, ending) in evaluation.endings.enumerated() {
      for interval in ending.packets.sources.intervals {
        events.append((interval.low, index, true))
        if interval.high < .max { events.append((interval.high + 1, index, false)) }
      }
    }
    events.sort { ($0.at, $0.begins ? 1 : 0) < ($1.at, $1.begins ? 1 : 0) }
    var result: [Segment] = []
    var active: Set<Int> = []
    var index = 0
    while index < events.count {
      let at = events[index].at
      while index < events.count, events[index].at == at {
        if events[index].begins {
          active.insert(events[index].ending)
        } else {
          active.remove(events[index].ending)
        }
        index += 1
      }
      guard !active.isEmpty else { continue }
      let high = index < events.count ? events[index].at - 1 : .max
      result.append(Segment(interval: .init(at, high), endings: active.sorted()))
    }
    return result
  }

  private var nowhere: AddressSet {
    AddressSet(family: evaluation.family, numbers: IntervalSet())
  }

  private func answer(_ indexes: [Int]) -> FilterAnswer {
    let endings = indexes.map { evaluation.endings[$0] }
    let outcomes = Set(endings.map { Told($0.outcome) })
    if outcomes.count == 1,
      let first = endings.first(where: { $0.doubts.isEmpty }) ?? endings.first,
      first.outcome != .unknown
    {
      return decided(first)
    }
    return open(endings)
  }

  /// An outcome as an answer tells it.
  private struct Told: Hashable {
    var verdict: FilterAnswer.Verdict
    var with: String?
    var to: Endpoint?

    init(_ outcome: Ending.Outcome) {
      switch outcome {
      case .accepted(let endpoint): (verdict, with, to) = (.accept, nil, endpoint)
      case .forwarded(let endpoint): (verdict, with, to) = (.forward, nil, endpoint)
      case .dropped: (verdict, with, to) = (.drop, nil, nil)
      case .refused(let kind): (verdict, with, to) = (.reject, kind.name, nil)
      case .unknown: (verdict, with, to) = (.undecided, nil, nil)
      }
    }
  }

  private func decided(_ ending: Ending) -> FilterAnswer {
    let told = Told(ending.outcome)
    let isOfAnswer = ending.outcome == .dropped(ofAnswer: true)
    let text = RuleText(evaluation.library.model)
    return FilterAnswer(
      sources: nowhere, verdict: told.verdict, with: told.with, to: told.to?.description,
      direction: isOfAnswer ? .reply : .request, rule: text.rule(ending.decision),
      place: text.place(ending.decision), because: [],
      countedPackets: text.countedPackets(ending.decision))
  }

  private func open(_ endings: [Ending]) -> FilterAnswer {
    let numbers = Set(endings.flatMap(\.doubts)).sorted()
    let entries = numbers.map { evaluation.doubts.entries[$0] }
    let isNotUnderstood = entries.contains { $0.doubt.kind == .notUnderstood }
    let wanted = entries.filter { !isNotUnderstood || $0.doubt.kind == .notUnderstood }
    var because: [String] = []
    for entry in wanted where !because.contains(entry.doubt.text) {
      because.append(entry.doubt.text)
    }
    if entries.isEmpty { because = ["source-port"] }
    let text = RuleText(evaluation.library.model)
    let decision =
      wanted.first?.decision ?? endings.first { $0.decision != .none }?.decision ?? .none
    return FilterAnswer(
      sources: nowhere, verdict: isNotUnderstood ? .undecided : .depends, with: nil, to: nil,
      direction: .request, rule: text.rule(decision), place: text.place(decision),
      because: because, countedPackets: text.countedPackets(decision))
  }

  /// Cuts accepted sources by the rule that let them pass.
  private func named(
    _ segment: Segment, _ answer: FilterAnswer, _ passages: inout Passages
  ) -> [(IntervalSet.Interval, FilterAnswer)] {
    let hook: Hook
    switch answer.verdict {
    case .accept: hook = .input
    case .forward: hook = .forward
    default: return [(segment.interval, answer)]
    }
    return passages.decisions(for: segment.interval, at: hook).map { interval, decision in
      var named = answer
      named.rule = passages.text.rule(decision)
      named.place = passages.text.place(decision)
      named.countedPackets = passages.text.countedPackets(decision)
      return (interval, named)
    }
  }
}

extension Endpoint: CustomStringConvertible {
  /// `172.17.0.2:8080`, `[fd00::2]:8080`, or the address alone.
  var description: String {
    guard let port else { return address.description }
    return "\(address.urlHost):\(port)"
  }
}
