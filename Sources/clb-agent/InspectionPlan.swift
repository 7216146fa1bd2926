import Addressing
import Checker
import LoadBalancer

/// What an inspection is to do, with every option understood.
struct InspectionPlan {
  var urls: [TargetURL]
  var sources: [AddressPrefix]
  var healthCheck: HealthCheck
  var checks: [any Check.Type]
  var probes: Bool
  var origin: Origin

  /// Whose connections tell which ports are probed; nobody's where targets are named.
  var learningFrom: [AddressPrefix] { urls.isEmpty ? sources : [] }

  /// Where the facts come from.
  enum Origin {
    case thisHost
    case root(String)
    case capture(String)
  }
}
