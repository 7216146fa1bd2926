import Addressing

extension Evaluation {
  /// How deep chains may call each other; the kernel refuses far fewer.
  static let depthLimit = 120
  /// How many things that rules did are kept.
  private static let stepLimit = 20_000

  /// Runs all chains of a hook, and gives back what passes.
  mutating func run(_ hook: Hook, _ flows: [Flow]) -> [Flow] {
    var flows = flows
    position = Position(hook: hook)
    for entry in hooks[hook] {
      if flows.isEmpty { return [] }
      if entry.priority > BaseHook.connectionTracking { lookUpConnections(&flows) }
      position.priority = entry.priority
      flows = run(entry, flows)
    }
    lookUpConnections(&flows)
    position = Position(hook: hook)
    return flows
  }

  private mutating func run(_ entry: HookOrder.Entry, _ flows: [Flow]) -> [Flow] {
    guard let doubt = entry.doubt ?? doubtAboutTracking(entry.step) else {
      return step(entry.step, flows)
    }
    var (kept, result): ([Flow], [Flow]) = ([], [])
    for flow in flows {
      let before = (endings.count, refusals.count)
      var doubtful = flow
      self.doubt(&doubtful, doubt)
      let outputs = step(entry.step, [doubtful])
      let isUnchanged =
        before == (endings.count, refusals.count)
        && outputs.allSatisfy { $0.header == flow.header && $0.doubts == doubtful.doubts }
      if isUnchanged {
        kept.append(flow)
      } else {
        result += outputs + [doubtful]
      }
    }
    return merged(kept + result)
  }

  /// Chains that translate are called only while the kernel tracks connections.
  private mutating func doubtAboutTracking(_ step: HookOrder.Step) -> Doubt? {
    switch step {
    case .translations, .translationsInEitherOrder: break
    default: return nil
    }
    guard !library.tracksConnections() else { return nil }
    return .notUnderstood("whether connections are tracked")
  }

  private mutating func step(_ step: HookOrder.Step, _ flows: [Flow]) -> [Flow] {
    switch step {
    case .chain(let chain): return base(chain, flows)
    case .translations(let chains): return translate(chains, flows)
    case .translationsInEitherOrder(let one, let other):
      return inBothOrders(flows, { $0.translate(one, $1) }, { $0.translate(other, $1) })
    case .eitherFirst(let one, let other):
      return inBothOrders(
        flows, { evaluation, flows in (one + other).reduce(flows) { evaluation.base($1, $0) } },
        { evaluation, flows in (other + one).reduce(flows) { evaluation.base($1, $0) } })
    case .unreadable(let doubt):
      for var flow in flows {
        self.doubt(&flow, doubt)
        end(flow, .unknown, .none)
      }
      return []
    }
  }

  /// Of chains at one priority, some legacy and some not, no listing tells which run first.
  private mutating func inBothOrders(
    _ flows: [Flow], _ one: (inout Self, [Flow]) -> [Flow],
    _ other: (inout Self, [Flow]) -> [Flow]
  ) -> [Flow] {
    var doubtful = flows
    for index in doubtful.indices {
      doubt(&doubtful[index], .notUnderstood("order of legacy and nft chains at one priority"))
    }
    let before = (endings.count, refusals.count)
    let first = one(&self, doubtful)
    let isUnchanged = before == (endings.count, refusals.count) && first == merged(doubtful)
    if isUnchanged { return flows }
    return merged(first + other(&self, doubtful))
  }

  /// Only the first packet of a connection comes to the chains that translate.
  private mutating func translate(_ chains: [Int], _ flows: [Flow]) -> [Flow] {
    position.isTranslating = true
    defer { position.isTranslating = false }
    var pending = flows.filter { $0.header.state == .new }
    var done = flows.filter { $0.header.state != .new }
    let changesDestination = position.hook == .prerouting || position.hook == .output
    for chain in chains {
      if pending.isEmpty { break }
      let outputs = base(chain, pending)
      let isDone = { (flow: Flow) in
        changesDestination ? flow.header.isDestinationTranslated : flow.header.isSourceTranslated
      }
      done += outputs.filter(isDone)
      pending = outputs.filter { !isDone($0) }
    }
    return merged(done + pending)
  }

  /// From priority -200 of the two first hooks on, the kernel knows the connection.
  private mutating func lookUpConnections(_ flows: inout [Flow]) {
    guard position.hook == .prerouting || position.hook == .output else { return }
    var others: [Flow] = []
    for index in flows.indices where flows[index].header.state == nil {
      let header = flows[index].header
      switch header.role {
      case .request: flows[index].header.state = .new
      case .refusal: flows[index].header.state = .invalid
      case .answer:
        let stranger: ConnectionState = question.transport == .udp ? .new : .invalid
        let isStranger = header.wasUntracked || header.zone.value != header.requestZone.value
        flows[index].header.state = isStranger ? stranger : .established
        guard let doubt = header.zone.doubt ?? header.requestZone.doubt else { continue }
        self.doubt(&flows[index], doubt)
        flows[index].header.state = .established
        others.append(flows[index])
        others[others.count - 1].header.state = stranger
      }
    }
    flows += others
  }

  /// Runs a base chain to its policy.
  private mutating func base(_ chain: Int, _ flows: [Flow]) -> [Flow] {
    let outer = accepted
    accepted = []
    let rest = call(chain, flows, depth: 0)
    let policy = library.model.chains[chain].base?.policy ?? .accept
    position.decision = .policy(chain: chain)
    for flow in rest {
      if policy == .drop {
        drop(flow)
      } else {
        accept(flow)
      }
    }
    position.decision = .none
    let result = merged(accepted)
    accepted = outer
    return result
  }

  /// Lets a flow pass the current base chain.
  mutating func accept(_ flow: Flow) {
    accepted.append(flow)
    if flow.header.role == .request, !position.isTranslating {
      passed.append(
        Passage(hook: position.hook, sources: flow.packets.sources, decision: position.decision))
    }
    note(.accepts, flow)
  }

  /// Ends a flow's way here.
  mutating func drop(_ flow: Flow) {
    note(.drops, flow)
    end(flow, .dropped(ofAnswer: flow.header.role != .request), position.decision)
  }

  /// Notes what the current rule does to a flow.
  mutating func note(_ action: FilterStep.Action, _ flow: Flow) {
    guard steps.count < Self.stepLimit else { return }
    steps.append(
      EvaluationStep(
        hook: position.hook, role: flow.header.role, decision: position.decision,
        action: action, sources: flow.packets.sources))
  }

  /// Runs a chain for a set of flows; gives back those that come to its end or return.
  mutating func call(_ chain: Int, _ flows: [Flow], depth: Int) -> [Flow] {
    guard depth < Self.depthLimit else {
      for var flow in flows {
        let name = library.model.chains[chain].name
        doubt(&flow, .notUnderstood("chains that call each other without end, as \(name)"))
        end(flow, .unknown, position.decision)
      }
      return []
    }
    let reader = library.reader(of: chain)
    var frame = Frame(current: flows)
    var glances = glances(frame.current)
    for index in 0..<reader.count {
      if frame.current.isEmpty { break }
      budget -= frame.current.count
      if budget < 0 { return abandon(frame) }
      if !glances.isEmpty, library.isPassedOver(index, reader, glances) { continue }
      let rule = library.rule(index, reader)
      guard concerns(rule, frame.current) else { continue }
      position.decision = .rule(chain: chain, index: index)
      run(rule, &frame, depth: depth)
      glances = self.glances(frame.current)
    }
    return merged(frame.leaving + frame.current)
  }

  /// Ends flows whose way is too long to be followed.
  private mutating func abandon(_ frame: Frame) -> [Flow] {
    for var flow in frame.current + frame.leaving {
      doubt(&flow, .notUnderstood("more rules on the way than can be followed"))
      end(flow, .unknown, position.decision)
    }
    return []
  }

  /// What a look at a rule's text needs of each flow; empty where a look could not tell.
  private func glances(_ flows: [Flow]) -> [IptablesGlance] {
    guard family == .ipv4, flows.count <= 4 else { return [] }
    return flows.map { flow in
      let header = flow.header
      let isRequest = header.role == .request
      return IptablesGlance(
        source: glancedAddress(.sourceAddress(family), flow),
        destination: glancedAddress(.destinationAddress(family), flow),
        inInterface: isRequest ? Array(question.inInterface.utf8) : [],
        outInterface: glancedOutInterface(header),
        transport: Array(
          transport(of: header.role) == .icmp ? "icmp".utf8 : question.transport.rawValue.utf8))
    }
  }

  private func glancedAddress(_ field: Field, _ flow: Flow) -> IptablesGlance.Addresses {
    switch value(of: field, flow.header) {
    case .number(let number): .one(UInt32(truncatingIfNeeded: number))
    case .sources: .among(flow.packets.sources)
    default: .unknown
    }
  }

  private func glancedOutInterface(_ header: Header) -> [UInt8]? {
    guard case .name(let name) = value(of: .outInterface, header) else { return nil }
    return Array(name.utf8)
  }

  /// The flows within a chain.
  struct Frame {
    /// Those that come to the next rule.
    var current: [Flow]
    /// Those that leave the chain for its caller.
    var leaving: [Flow] = []
  }
}
