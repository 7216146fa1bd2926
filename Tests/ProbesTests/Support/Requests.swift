import Addressing
import LoadBalancer

@testable import Probes

/// A probe of that port on loopback, with the time limit that most of these tests take.
func request(
  _ port: UInt16, _ method: HTTPCheckMethod? = .get, isIPv6: Bool = false, usesTLS: Bool = false,
  timeLimitMilliseconds: Int = 300
) -> ProbeRequest {
  ProbeRequest(
    address: isIPv6 ? .v6(1) : .v4(0x7F00_0001), port: port, usesTLS: usesTLS,
    http: method.map {
      .init(method: $0, version: .http11, host: "shop.example", path: "/health")
    }, timeLimitMilliseconds: timeLimitMilliseconds)
}

/// The outcome of one plain exchange with that port.
func outcome(
  of port: UInt16, _ method: HTTPCheckMethod? = .get, isIPv6: Bool = false,
  timeLimitMilliseconds: Int = 300
) async -> ProbeOutcome {
  let request = request(
    port, method, isIPv6: isIPv6, timeLimitMilliseconds: timeLimitMilliseconds)
  return await Prober(tls: nil).exchange(request, for: .healthCheck).outcome
}

/// A target on loopback with more time than any test needs.
func target(
  _ transport: TargetProtocol, _ port: UInt16, _ method: HTTPCheckMethod = .head
) -> Target {
  var check = HealthCheck()
  check.httpCheckMethod = method
  check.timeOut = 20
  return Target(transport: transport, address: .v4(0x7F00_0001), port: port, healthCheck: check)
}

extension ProbeOutcome {
  var response: HTTPResponse? {
    guard case .response(let response) = self else { return nil }
    return response
  }
}
