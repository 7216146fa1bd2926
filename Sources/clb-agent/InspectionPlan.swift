import Addressing
import Checker
import LoadBalancer
import Settings

/// What an inspection is to do, with every option understood.
struct InspectionPlan {
  /// Those that were named; empty to learn targets.
  var named: [NamedTarget]
  /// Documents of the CLB's listeners: a file or a directory; `nil` where none was named.
  var listeners: String?
  var namedIn: TargetOrigin
  /// Where probes of learned targets come from.
  var sources: [AddressPrefix]
  /// The parameters of learned targets.
  var healthCheck: HealthCheck
  var checks: [any Check.Type]
  var thresholds: Thresholds
  var skips: Skips
  var probes: Bool
  var origin: Origin

  /// Puts the settings in force to work.
  ///
  /// - Parameter healthCheck: the parameters of learned targets.
  init(
    _ settings: Settings, file: String?, healthCheck: HealthCheck, checks: [any Check.Type],
    probes: Bool, origin: Origin
  ) {
    named = settings.namedTargets
    listeners = settings.listeners?.value
    namedIn = settings.targetOrigin
    sources = settings.probeSources
    self.healthCheck = healthCheck
    self.checks = checks
    thresholds = settings.thresholds.thresholds
    skips = settings.skips(file: file)
    self.probes = probes
    self.origin = origin
  }

  /// Whether there is nothing to learn.
  var namesTargets: Bool { !named.isEmpty }

  /// Whose connections tell which ports are probed; nobody's where targets are named.
  var learningFrom: [AddressPrefix] { namesTargets ? [] : sources }

  /// Where probes of any of the targets come from.
  var probeSources: [AddressPrefix] {
    guard namesTargets else { return sources }
    return Set(named.flatMap(\.sources)).sorted { ($0.base, $0.length) < ($1.base, $1.length) }
  }

  /// Where the facts come from.
  enum Origin {
    case thisHost
    case root(String)
    case capture(String)
  }
}
