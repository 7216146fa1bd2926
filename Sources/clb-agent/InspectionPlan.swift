import Addressing
import Checker
import LoadBalancer
import Probes
import Settings

/// What an inspection is to do, with every option understood.
struct InspectionPlan {
  /// Those that were named; empty to learn targets.
  var named: [NamedTarget]
  /// What documents of the CLB's listeners say; `nil` where none was named.
  var listeners: CloudDescription?
  var namedIn: TargetOrigin
  /// Where probes of learned targets come from.
  var sources: [AddressPrefix]
  /// The parameters of learned targets.
  var healthCheck: HealthCheck
  var checks: [any Check.Type]
  var thresholds: Thresholds
  var skips: Skips
  var probes: Bool
  /// Who tells which instance this host is; `nil` to ask nobody.
  var metadata: MetadataService?
  /// What the settings say of the account.
  var cloud: CloudFacts
  var origin: Origin

  /// Puts the settings in force to work.
  ///
  /// - Parameter healthCheck: the parameters of learned targets.
  /// - Throws: what is wrong with the documents of listeners that they name.
  init(
    _ settings: Settings, file: String?, healthCheck: HealthCheck, checks: [any Check.Type],
    probes: Bool, origin: Origin
  ) throws(RunError) {
    named = settings.namedTargets
    listeners =
      if let path = settings.listeners { try ListenerDocuments.read(path.value) } else { nil }
    namedIn = settings.targetOrigin
    sources = settings.probeSources
    self.healthCheck = healthCheck
    self.checks = checks
    thresholds = settings.thresholds.thresholds
    skips = settings.skips(file: file)
    self.probes = probes
    metadata = origin.isThisHost ? settings.metadata.service : nil
    cloud = settings.account.facts(file: file)
    self.origin = origin
  }

  /// Whether targets are named, by URLs or documents.
  var namesTargets: Bool { !named.isEmpty || listeners != nil }

  /// Whose connections tell which ports are probed; nobody's where targets are named.
  var learningFrom: [AddressPrefix] { namesTargets ? [] : sources }

  /// Where probes of any of the targets may come from, as far as that is known before the targets are.
  var probeSources: [AddressPrefix] {
    if let listeners { return listeners.probeSources }
    guard namesTargets else { return sources }
    return Set(named.flatMap(\.sources)).sorted { ($0.base, $0.length) < ($1.base, $1.length) }
  }

  /// What is known of the cloud around a host.
  ///
  /// - Parameters:
  ///   - recorded: what a capture knows, which settings and documents of now go before.
  ///   - server: this host.
  func cloudFacts(
    recorded: CloudFacts? = nil, metadata: InstanceMetadata?, server: RealServer, targets: [Target]
  ) -> CloudFacts {
    var facts = recorded ?? CloudFacts()
    facts.metadata = metadata
    facts.accountType = cloud.accountType ?? facts.accountType
    facts.publicBandwidthMegabits = cloud.publicBandwidthMegabits ?? facts.publicBandwidthMegabits
    if let listeners { facts.take(listeners, of: server, targets: targets) }
    return facts
  }

  /// Where the facts come from.
  enum Origin {
    case thisHost
    case root(String)
    case capture(String)

    /// Whether the host is the one that this runs on, as its network is.
    var isThisHost: Bool {
      if case .thisHost = self { true } else { false }
    }
  }
}
