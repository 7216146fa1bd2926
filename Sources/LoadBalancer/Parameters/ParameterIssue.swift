/// Something about one parameter of a health check that an operator should know.
package struct ParameterIssue: Sendable, Hashable {
  package var kind: Kind
  package var parameter: HealthCheck.Parameter
  /// As the API writes it.
  package var value: String
  /// What is legal there: `2-60`, or words; `nil` where the value is legal.
  package var legal: String?
  /// What to set, as the API writes it; `nil` where only the service's owner can know.
  package var recommended: String?

  package enum Kind: Sendable, Hashable {
    /// CLB's documents exclude the value.
    case illegal
    /// TimeOut is not smaller than IntervalTime.
    case timeOutNotBelowInterval(intervalTime: Int)
    /// Legal, and far from what CLB's documents recommend.
    case farFromDefault(Consequence)
    /// HTTP/1.1 wants a Host, and the check has no domain.
    case noDomain
    /// The forwarding domain is a wildcard or an expression, and no check domain is fixed.
    case noFixedDomain(forwarding: String)
    /// A class of status that tells of a fault counts as healthy.
    case maskHidesErrors(HTTPCode)
    /// The check path looks like a page that is computed anew for each probe.
    case dynamicPath(mark: String)
    /// Probes go elsewhere than traffic.
    case checkPortDiffers(backendPort: UInt16)
    /// Nothing is probed, and every real server gets traffic.
    case disabled
  }

  /// What a value does that is far from the default.
  package enum Consequence: Sendable, Hashable {
    /// A dead server keeps its traffic so many seconds.
    case noticesLate(seconds: Int)
    /// A server that is well again stays without traffic so many seconds.
    case returnsLate(seconds: Int)
    /// So few failed probes, within so many seconds, take the server out.
    case flaps(failures: Int, seconds: Int)
    /// Each of the CLB's nodes asks so often in a minute.
    case probesOften(perMinute: Int)
    /// A probe that hangs is found out only after so many seconds.
    case waitsLong(seconds: Int)
  }

  package init(
    _ kind: Kind, _ parameter: HealthCheck.Parameter, value: String, legal: String? = nil,
    recommended: String? = nil
  ) {
    self.kind = kind
    self.parameter = parameter
    self.value = value
    self.legal = legal
    self.recommended = recommended
  }
}
