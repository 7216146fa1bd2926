/// What CLB says of a real server: `HealthStatusDetail` of the API.
///
/// Source: `TargetHealth` of the CLB API; states, https://www.tencentcloud.com/document/product/214/6097 .
package enum HealthState: String, Sendable, Hashable, Codable, CaseIterable {
  /// The console's "Detecting": not probed yet, or still being probed for the first time.
  case unknown = "Unknown"
  /// The console's "Healthy".
  case alive = "Alive"
  /// The console's "Abnormal": no traffic, unless all real servers of the listener or rule are dead.
  case dead = "Dead"
  /// The check is off, or the listener stopped; traffic comes.
  case close = "Close"
}
