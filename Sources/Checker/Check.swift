package import Collectors
package import LoadBalancer
import PacketFilter
package import Probes

/// One hop of a probe's way: what is declared of it, and how it is judged.
///
/// A check is pure: it sees the facts, one target and what the probes of that target learned, and no
/// other check. The order between checks, and what is a consequence of what, is the checker's.
package protocol Check: Sendable {
  /// What it is, for people; the only place where its finding ids are listed.
  static var declaration: CheckDeclaration { get }
  /// Judges the hop for one target.
  static func examine(_ question: CheckQuestion) -> HopOutcome
  /// What there is to add to the hop once the whole way is known; most checks have nothing.
  static func conclude(_ way: CompletedWay) -> [Finding]
}

extension Check {
  package static func conclude(_ way: CompletedWay) -> [Finding] { [] }
}

/// A target with all that its hops came to, before anything is concluded from it.
package struct CompletedWay: Sendable {
  package var target: Target
  package var path: [HopDiagnosis]
  package var findings: [Finding]

  /// What the hops make of the target.
  package var verdict: Verdict { Verdict(of: path) }
}

/// What a check is asked.
package struct CheckQuestion: Sendable {
  package var target: Target
  package var facts: HostFacts
  /// `nil` where nothing was probed: `--no-probe`, a capture without probes.
  package var probes: ProbeReport?
  /// What the packet filters do to the target's probes.
  package var filtering: ProbeFiltering
  /// What they do to echo requests; `nil` for targets that are not pinged.
  package var echoFiltering: ProbeFiltering?
  /// What they do to clients' packets; `nil` where no probe gets in either, or nobody knows who clients are.
  package var clientFiltering: ProbeFiltering?
  /// Whose fate that is.
  var clientSpace: ClientSpace?
  /// The packet filters, for questions of what would be with other rules.
  package var filters: ProbeFilters
  package var thresholds: Thresholds
  /// What is known of the host's account, instance and CLBs.
  package var cloud: CloudFacts
  /// How much the host's interfaces send; `nil` where that was not measured.
  package var transmitRates: TransmitRates?

  /// - Parameter filters: the host's; made anew from the facts where none are given.
  package init(
    target: Target, facts: HostFacts, probes: ProbeReport? = nil, filters: ProbeFilters? = nil,
    thresholds: Thresholds = .standard, cloud: CloudFacts = CloudFacts(),
    transmitRates: TransmitRates? = nil
  ) {
    self.target = target
    self.facts = facts
    self.probes = probes
    self.thresholds = thresholds
    self.cloud = cloud
    self.transmitRates = transmitRates
    var filters = filters ?? ProbeFilters(facts)
    filtering = filters.filtering(target)
    echoFiltering = target.transport == .udp ? filters.filtering(target, as: .icmp) : nil
    if filtering.letsSomeIn, let space = ClientSpace(target, isSampled: filters.isLarge) {
      clientSpace = space
      clientFiltering = filters.filtering(target.asSeen(from: space.asked))
    }
    self.filters = filters
  }
}

/// A check's answer: what it says of the hop, and its findings.
package struct HopOutcome: Sendable, Hashable {
  /// Whether the target passes the hop at all: no ping hop for TCP, say.
  package var applies = true
  /// Whether the hop is passed by a packet of its own, as a ping is beside a datagram.
  ///
  /// What stops the packets to the port then does not explain it, nor it them.
  package var isOnWayOfItsOwn = false
  /// Whether nothing that stops packets on the host explains it, nor is explained by it: it is decided
  /// elsewhere.
  package var isIndependent = false
  /// One sentence for the path; no full stop.
  package var summary: String
  package var findings: [Finding]

  package init(_ summary: String, findings: [Finding] = []) {
    self.summary = summary
    self.findings = findings
  }

  /// A hop that raises one finding, whose sentence is the hop's too.
  package init(_ finding: Finding) {
    self.init(finding.summary, findings: [finding])
  }

  /// Something to be told beside the way: whether there is such a hop at all is not known.
  package static func aside(_ finding: Finding) -> HopOutcome {
    var outcome = HopOutcome(finding)
    outcome.applies = false
    return outcome
  }

  /// The outcome of a hop that is decided elsewhere than on the host.
  static func independent(_ outcome: HopOutcome) -> HopOutcome {
    var outcome = outcome
    outcome.isIndependent = true
    return outcome
  }

  /// A hop that targets of this kind do not pass.
  package static let notOnTheWay: HopOutcome = {
    var outcome = HopOutcome("")
    outcome.applies = false
    return outcome
  }()

  /// What the findings make of the hop.
  package var verdict: Verdict { Verdict(of: findings) }
}

extension Verdict {
  /// The worst that these findings mean: what stops the probe, what may, what was not read.
  package init(of findings: [Finding]) {
    switch findings.filter({ $0.skip == nil }).map(\.severity).min() {
    case .fail: self = .fail
    case .warn: self = .warn
    case .unknown: self = .unknown
    case .info, nil: self = .pass
    }
  }

  /// What the hops of a way make of it; those that were left out do not count.
  init(of path: [HopDiagnosis]) {
    let counting = path.filter { $0.skip == nil }
    // With every hop left out, nothing was shown to be well.
    self = counting.isEmpty && !path.isEmpty ? .unknown : Verdict(worstOf: counting.map(\.verdict))
  }

  /// The worst of several.
  package init(worstOf verdicts: some Sequence<Verdict>) {
    let all = Set(verdicts)
    self = [.fail, .warn, .unknown].first { all.contains($0) } ?? .pass
  }
}

extension CheckDeclaration {
  /// A finding of this check, with the layer that is declared for its id.
  func finding(
    _ what: String, _ severity: Severity, _ summary: String, evidence: [Evidence] = [],
    remedies: [Remedy] = []
  ) -> Finding {
    let id = FindingID(rawValue: "\(name).\(what)")
    guard let declared = findings.first(where: { $0.id == id }) else {
      preconditionFailure("\(id) is not declared by its check")
    }
    return Finding(
      id: id, layer: declared.layer, severity: severity, summary: summary, evidence: evidence,
      remedies: remedies)
  }
}
