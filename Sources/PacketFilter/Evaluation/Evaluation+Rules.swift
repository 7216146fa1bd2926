import Addressing

extension Evaluation {
  /// Whether any of the flows may be one that the rule does something with.
  ///
  /// Looks only at values that are numbers: nearly every rule is told apart by one.
  mutating func concerns(_ rule: Rule, _ flows: [Flow]) -> Bool {
    for flow in flows where !misses(rule, flow.header) { return true }
    return false
  }

  private func misses(_ rule: Rule, _ header: Header) -> Bool {
    for statement in rule.statements {
      guard case .match(let condition) = statement else { return false }
      if quickAnswer(condition, header) == false { return true }
    }
    return rule.statements.isEmpty
  }

  /// Whether the condition holds for every packet with that header, or for none; `nil` where it takes more than a look.
  private func quickAnswer(_ condition: Condition, _ header: Header) -> Bool? {
    switch condition {
    case .constant(let holds): return holds
    case .comparison(let comparison):
      guard case .field(let field) = comparison.operand else { return nil }
      switch value(of: field, header) {
      case .absent: return false
      case .number(let number): return holds(comparison, number)
      case .name(let name): return holds(comparison, name)
      default: return nil
      }
    default: return nil
    }
  }

  /// Whether a number is as the comparison wants it; `nil` for sets that must be looked up.
  func holds(_ comparison: Comparison, _ number: UInt128) -> Bool? {
    switch comparison.relation {
    case .hasAny(let bits): return number & bits != 0
    case .hasNone(let bits): return number & bits == 0
    case .isIn, .isNotIn:
      let isIn: Bool
      switch comparison.values {
      case .numbers(let set): isIn = set.contains(number)
      case .masked(let wanted, let mask): isIn = number & mask == wanted
      default: return nil
      }
      return isIn == (comparison.relation == .isIn)
    }
  }

  /// Whether a name is as the comparison wants it; `nil` for sets that must be looked up.
  func holds(_ comparison: Comparison, _ name: String) -> Bool? {
    guard case .names(let patterns) = comparison.values else { return nil }
    return patterns.contains { $0.matches(name) } == (comparison.relation == .isIn)
  }

  /// Runs one rule for all flows of a chain.
  mutating func run(_ rule: Rule, _ frame: inout Frame, depth: Int) {
    let flows = frame.current
    frame.current = []
    for flow in flows {
      if misses(rule, flow.header) {
        frame.current.append(flow)
        continue
      }
      run(rule, flow, &frame, depth: depth)
    }
    if frame.current.count > 1 { frame.current = merged(frame.current) }
  }

  private mutating func run(_ rule: Rule, _ flow: Flow, _ frame: inout Frame, depth: Int) {
    let before = [endings.count, accepted.count, refusals.count, frame.leaving.count]
    let decision = position.decision
    var inside = Inside(pending: [flow])
    for statement in rule.statements {
      if inside.pending.isEmpty { break }
      position.decision = decision
      run(statement, &inside, &frame, depth: depth)
    }
    position.decision = decision
    let outputs = inside.pending + inside.next
    // A doubt about a rule that changes nothing either way is no doubt.
    let isUnchanged =
      outputs.allSatisfy { $0.header == flow.header }
      && before == [endings.count, accepted.count, refusals.count, frame.leaving.count]
    if isUnchanged {
      frame.current.append(flow)
    } else {
      frame.current += outputs
    }
  }

  /// The flows within a rule.
  struct Inside {
    /// Those that come to the next statement.
    var pending: [Flow]
    /// Those that go on with the next rule.
    var next: [Flow] = []
  }

  private mutating func run(
    _ statement: Statement, _ inside: inout Inside, _ frame: inout Frame, depth: Int
  ) {
    let flows = inside.pending
    switch statement {
    case .match(let condition):
      inside.pending = []
      for flow in flows { match(condition, flow, &inside) }
    case .verdict(let verdict):
      inside.pending = []
      for flow in flows { apply(verdict, flow, &inside, &frame, depth: depth) }
    case .verdictMap(let key, let map):
      inside.pending = []
      for flow in flows { dispatch(key, map, flow, &inside, &frame, depth: depth) }
    case .mayDrop(let doubt):
      for index in inside.pending.indices {
        self.doubt(&inside.pending[index], doubt)
        drop(inside.pending[index])
      }
    case .opaque(let doubt):
      inside.pending = []
      for var flow in flows {
        self.doubt(&flow, doubt)
        note(.isNotUnderstood, flow)
        end(flow, .unknown, position.decision)
      }
    default:
      inside.pending = flows.flatMap { change(statement, $0, &inside) }
    }
  }

  private mutating func match(_ condition: Condition, _ flow: Flow, _ inside: inout Inside) {
    let split = split(condition, flow)
    var rest = flow
    rest.packets.subtract(split.yes)
    if !split.yes.isEmpty {
      var yes = flow
      yes.packets = split.yes
      inside.pending.append(yes)
    }
    if !split.maybe.isEmpty {
      var maybe = flow
      maybe.packets = split.maybe
      rest.packets.subtract(split.maybe)
      maybe.doubts = doubts.union(flow.doubts, split.doubts)
      inside.pending.append(maybe)
      inside.next.append(maybe)
    }
    if !rest.packets.isEmpty { inside.next.append(rest) }
  }

  /// Does to a flow what a verdict says.
  mutating func apply(
    _ verdict: RuleVerdict, _ flow: Flow, _ inside: inout Inside, _ frame: inout Frame, depth: Int
  ) {
    switch verdict {
    case .accept: accept(flow)
    case .drop: drop(flow)
    case .fallThrough: inside.pending.append(flow)
    case .endChain: frame.leaving.append(flow)
    case .jump(let chain):
      note(.calls(library.model.chains[chain].name), flow)
      inside.next += call(chain, [flow], depth: depth + 1)
    case .goto(let chain):
      note(.calls(library.model.chains[chain].name), flow)
      frame.leaving += call(chain, [flow], depth: depth + 1)
    case .reject(let kind): refuse(flow, kind)
    }
  }

  private mutating func refuse(_ flow: Flow, _ kind: RejectKind) {
    note(.refuses, flow)
    // A refused answer, or refused refusal, does not reach the client: it stays on this host.
    guard flow.header.role == .request else {
      // It stays on this host, where another rule may refuse it to the client; no ICMP error is refused so.
      if kind == .tcpReset, library.refusesOnTheWayIn() {
        var flow = flow
        doubt(&flow, .notUnderstood("refusal of an answer"))
        end(flow, .unknown, position.decision)
      } else {
        end(flow, .dropped(ofAnswer: true), position.decision)
      }
      return
    }
    if kind == .tcpReset, question.transport != .tcp { return drop(flow) }
    var refusal = flow
    refusal.header.role = .refusal(kind)
    refusal.header.refusedBy = position.decision
    refusal.header.refusedAt = refusalPlace
    refusals.append(refusal)
  }

  private var refusalPlace: RefusalPlace {
    switch position.hook {
    case .ingress:
      guard case .rule(let chain, _) = position.decision else { return .unrouted }
      let model = library.model
      return model.tables[model.chains[chain].table].family == .netdev ? .device : .unrouted
    case .prerouting: return .unrouted
    default: return .routed
    }
  }

  /// Sends each part of a flow by what a verdict map has for it.
  private mutating func dispatch(
    _ key: Operand, _ map: Values, _ flow: Flow, _ inside: inout Inside, _ frame: inout Frame,
    depth: Int
  ) {
    let decision = position.decision
    for part in parts(of: key, flow) {
      if case .absent = part.value {
        inside.next.append(part.flow)
        continue
      }
      let found = lookUp(part.value, map, part.flow.packets)
      var missed = part.flow
      for hit in found.hits where hit.doubts.isEmpty { missed.packets.subtract(hit.packets) }
      for hit in found.hits {
        position.decision = decision
        var taken = part.flow
        taken.packets = hit.packets
        taken.doubts = doubts.union(taken.doubts, hit.doubts)
        switch hit.value {
        case .verdict(let verdict)?: apply(verdict, taken, &inside, &frame, depth: depth)
        case .doubt(let doubt)?:
          self.doubt(&taken, doubt)
          end(taken, .unknown, decision)
        case .parts?, nil: inside.next.append(taken)
        }
      }
      // A key without an element ends the rule, and the next one runs.
      let unsure = found.hits.filter { !$0.doubts.isEmpty }
      missed.doubts = unsure.reduce(missed.doubts) { doubts.union($0, $1.doubts) }
      if !missed.packets.isEmpty { inside.next.append(missed) }
    }
  }
}
