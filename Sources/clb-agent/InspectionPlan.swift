import Addressing
import Checker
import LoadBalancer

/// What an inspection is to do, with every option understood.
struct InspectionPlan {
  var urls: [TargetURL]
  /// What documents of the CLB's listeners say; `nil` where none was named.
  var listeners: CloudDescription?
  var sources: [AddressPrefix]
  var healthCheck: HealthCheck
  var checks: [any Check.Type]
  var probes: Bool
  var origin: Origin

  /// Whether targets are named, by URLs or documents.
  var namesTargets: Bool { !urls.isEmpty || listeners != nil }

  /// Whose connections tell which ports are probed; nobody's where targets are named.
  var learningFrom: [AddressPrefix] { namesTargets ? [] : sources }

  /// Where probes may come from, as far as that is known before the targets are.
  var probeSources: [AddressPrefix] { listeners?.probeSources ?? sources }

  /// Where the facts come from.
  enum Origin {
    case thisHost
    case root(String)
    case capture(String)
  }
}
