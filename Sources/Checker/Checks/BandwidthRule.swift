import Addressing
import LoadBalancer

/// What the account, the CLB and the instance mean for one target.
struct BandwidthRule {
  let target: Target
  let cloud: CloudFacts
  let judgement: Judgement

  enum Judgement: Hashable {
    /// No public bandwidth of the instance's own is needed: why.
    case notNeeded(String)
    /// Public traffic is limited by what the instance has, above 0.
    case paidByInstance(CloudFact<Int>)
    /// The instance has none, and needs some; whether the CLB is surely public.
    case none(isPublic: Bool)
    /// A traditional account, and nobody said what the instance has.
    case instanceUnknown
    /// Nobody said of which type the account is; whether the CLB is surely public.
    case accountUnknown(isPublic: Bool)
  }

  init(_ target: Target, _ cloud: CloudFacts) {
    self.target = target
    self.cloud = cloud
    judgement = Self.judge(target, cloud)
  }

  private static func judge(_ target: Target, _ cloud: CloudFacts) -> Judgement {
    let loadBalancer = cloud.loadBalancer(of: target)
    if loadBalancer?.kind == .internal {
      return .notNeeded("the CLB is internal, so no public bandwidth is needed")
    }
    if target.address.family == .ipv6 || loadBalancer?.isIPv6 == true {
      return .notNeeded("an IPv6 CLB has bandwidth of its own, whatever the account's type")
    }
    let isPublic = loadBalancer?.kind == .open
    switch (cloud.accountType?.value, cloud.publicBandwidthMegabits) {
    case (.standard, _):
      return .notNeeded("the account is billed by IP (STANDARD), so public bandwidth is the CLB's")
    case (_, let cap?) where cap.value > 0: return .paidByInstance(cap)
    case (.legacy, _?): return .none(isPublic: isPublic)
    case (.legacy, nil): return .instanceUnknown
    case (nil, _): return .accountUnknown(isPublic: isPublic)
    }
  }

  /// What the rule alone says, without what is in use.
  var outcome: HopOutcome { .independent(hop) }

  private var hop: HopOutcome {
    switch judgement {
    case .notNeeded(let why): HopOutcome(why)
    case .paidByInstance(let cap): HopOutcome(sufficient(cap, nil))
    case .none(let isPublic): HopOutcome(noBandwidth(isPublic: isPublic))
    case .instanceUnknown: HopOutcome(instanceUnknown)
    case .accountUnknown(isPublic: true): HopOutcome(accountUnknown(isPublic: true))
    // Nothing says that the rule concerns this target at all: told, and no hop of its way.
    case .accountUnknown(isPublic: false): .aside(accountUnknown(isPublic: false))
    }
  }

  /// The words for public bandwidth that is there, and how much of it is in use.
  func sufficient(_ cap: CloudFact<Int>, _ use: BandwidthUse?) -> String {
    "\(instance) has \(cap.value) Mbit/s of public bandwidth"
      + (use.map { ", of which at most \($0.words) is in use" } ?? "")
  }

  /// The instance by its id, or as this host.
  var instance: String { cloud.instanceID ?? "this host's instance" }

  /// The region of its commands; that of the CLB where the instance's own is not known.
  var region: String? { cloud.metadata?.region ?? target.listener?.region }

  /// What documents and settings say, verbatim.
  var evidence: [Evidence] {
    let loadBalancer = target.listener?.loadBalancerID.flatMap { id in
      cloud.loadBalancers[id]?.kind.map { kind in
        Evidence(
          source: "clb DescribeLoadBalancers", text: "\(id) LoadBalancerType \(kind.rawValue)")
      }
    }
    return [
      cloud.accountType.map {
        Evidence(source: $0.source, text: "NetworkAccountType \($0.value.rawValue)")
      },
      cloud.publicBandwidthMegabits.map {
        Evidence(source: $0.source, text: "\(instance) InternetMaxBandwidthOut \($0.value)")
      }, loadBalancer,
    ].compactMap(\.self)
  }
}
