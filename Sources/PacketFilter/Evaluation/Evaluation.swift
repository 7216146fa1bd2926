import Addressing

/// The way of one question's packets through all chains.
struct Evaluation {
  let question: FilterQuestion
  let host: HostView
  var library: RuleLibrary
  let hooks: HookOrder

  /// Where the packets are now.
  var position = Position(hook: .prerouting)
  /// What is decided so far.
  var endings: [Ending] = []
  /// Requests refused so far, whose refusal has yet to get out.
  var refusals: [Flow] = []
  /// Packets that a base chain let pass, with what let them.
  var passed: [Passage] = []
  /// The packets that the current base chain lets pass.
  var accepted: [Flow] = []
  /// What the rules have done, for the text form.
  var steps: [EvaluationStep] = []
  /// All doubts met, each with where.
  var doubts = DoubtBook()
  /// How many times a rule may still be looked at.
  var budget: Int

  /// An evaluation that has not begun.
  init(question: FilterQuestion, host: HostView, library: RuleLibrary, hooks: HookOrder) {
    self.question = question
    self.host = host
    self.library = library
    self.hooks = hooks
    // A packet meets a rule a few times at most; only chains made for it call others without end.
    budget = 500_000 + 50 * library.model.chains.reduce(0) { $0 + $1.rules.count }
  }

  /// Where packets are on their way.
  struct Position: Sendable {
    var hook: Hook
    var priority = 0
    /// The rule that runs.
    var decision = Decision.none
    /// Whether the chain is one that translates addresses.
    var isTranslating = false
  }

  /// Packets that a base chain let pass.
  struct Passage: Sendable {
    var hook: Hook
    var sources: IntervalSet
    var decision: Decision
  }

  var family: IPAddress.Family { question.destination.family }

  /// The number of the transport protocol of a packet in that role.
  func transport(of role: Header.Role) -> TransportProtocol {
    if case .refusal(let kind) = role, kind != .tcpReset {
      return family == .ipv4 ? .icmp : .icmp6
    }
    switch question.transport {
    case .tcp: return .tcp
    case .udp: return .udp
    case .icmp: return family == .ipv4 ? .icmp : .icmp6
    }
  }

  /// Runs the question to its end; afterwards `endings` holds what becomes of every source.
  mutating func run() {
    let start = Flow(
      header: Header(
        destination: question.destination.number, destinationPort: question.port ?? 0),
      packets: PacketSet(
        sources: question.sources.numbers, ports: question.sourcePorts.numbers))
    var flows = [start]
    if family == .ipv6 { flows = withoutImpossibleSources(flows) }
    flows = run(.ingress, flows)
    flows = run(.prerouting, flows)
    let routed = route(flows)
    var forwarded = run(.forward, routed.forwarded)
    forwarded = run(.postrouting, forwarded)
    forwarded = run(.egress, forwarded)
    for flow in forwarded {
      end(flow, .forwarded(to: endpoint(flow.header)), .none)
    }
    let delivered = run(.input, routed.local)
    answer(delivered)
    sendRefusals()
  }

  /// Notes what becomes of a flow.
  mutating func end(_ flow: Flow, _ outcome: Ending.Outcome, _ decision: Decision) {
    endings.append(
      Ending(packets: flow.packets, outcome: outcome, doubts: flow.doubts, decision: decision))
  }

  /// Whether the request goes elsewhere than asked; a translation to the same place is none to the kernel.
  func isRedirected(_ header: Header) -> Bool {
    header.destination != question.destination.number
      || header.destinationPort != question.port ?? 0
  }

  /// Where the request goes in the end.
  func endpoint(_ header: Header) -> Endpoint {
    Endpoint(
      address: IPAddress(family: family, number: header.destination),
      port: question.transport == .icmp ? nil : header.destinationPort)
  }
}

/// The doubts met in an evaluation, each with the rule that raised it.
struct DoubtBook {
  /// One doubt and where it was met.
  struct Entry: Hashable {
    var doubt: Doubt
    var decision: Decision
  }

  private(set) var entries: [Entry] = []
  private var numbers: [Entry: Int] = [:]

  /// How many doubts a flow may carry; more are not told apart.
  private static let limit = 24

  /// The number of a doubt met there.
  mutating func number(_ doubt: Doubt, at decision: Decision) -> Int {
    let entry = Entry(doubt: doubt, decision: decision)
    if let known = numbers[entry] { return known }
    numbers[entry] = entries.count
    entries.append(entry)
    return entries.count - 1
  }

  /// The doubts of both lists, ascending; past the limit one not understood is kept if there is any.
  func union(_ left: [Int], _ right: [Int]) -> [Int] {
    if left.isEmpty || left == right { return right }
    if right.isEmpty { return left }
    let all = Set(left).union(right).sorted()
    guard all.count > Self.limit else { return all }
    let worst = all.first { entries[$0].doubt.kind == .notUnderstood }
    return Set(all.prefix(Self.limit - 1) + [worst ?? all[Self.limit - 1]]).sorted()
  }
}
