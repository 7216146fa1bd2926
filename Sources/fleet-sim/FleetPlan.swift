import Delivery

/// What a fleet does: how many hosts report, how often, and when their receiver is away.
struct FleetPlan: Sendable, Hashable {
  var hosts: Int
  /// Seconds from one report of a host to its next.
  var interval: Int
  /// Seconds that are played.
  var duration: Int
  /// Seconds in which the receiver refuses connections.
  var outage: Range<Int>
  /// Requests that the receiver takes in a second; more get 503. `nil` for any number.
  var capacity: Int?
  /// Whether each host runs at a moment of its own, or all when the interval begins.
  var isSpread: Bool
  /// Whether what waits goes in as few requests as the exporter allows, or each report alone.
  var isMerged: Bool
  /// Whether a host that failed waits by the agent's backoff, or tries at each run.
  var backsOff: Bool
  /// Seconds from one request of a host to its next while all is well; 0 for one at each run.
  var sendInterval = 0

  /// Requests of one host in one run.
  var requestsInRun: Int { isMerged ? ShippingOptions().requests : .max }

  /// Reports of one request: the OTLP exporter's own.
  var reportsInRequest: Int { isMerged ? 100 : 1 }
}
