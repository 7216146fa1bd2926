package import Addressing

/// What a probe is aimed at: one address, port and protocol of this host, with the check's parameters.
package struct Target: Sendable, Hashable, Codable {
  package var transport: TargetProtocol
  package var address: IPAddress
  package var port: UInt16
  /// Where the probes come from.
  package var sources: [AddressPrefix]
  package var healthCheck: HealthCheck

  package init(
    transport: TargetProtocol, address: IPAddress, port: UInt16,
    sources: [AddressPrefix] = [ProbeSources.range], healthCheck: HealthCheck = HealthCheck()
  ) {
    self.transport = transport
    self.address = address
    self.port = port
    self.sources = sources
    self.healthCheck = healthCheck
  }

  /// The sources whose packets can reach the target's address at all.
  package var sourcesOfItsFamily: [AddressPrefix] {
    sources.filter { $0.base.family == address.family }
  }

  /// The target as a URL: its name in every output.
  package var name: String {
    let path = transport.isHTTP ? healthCheck.httpCheckPath : ""
    return "\(transport.rawValue)://\(address.urlHost):\(port)\(path)"
  }
}

/// What a target's probe speaks.
package enum TargetProtocol: String, Sendable, Hashable, Codable, CaseIterable {
  case tcp, udp, http, https

  package var isHTTP: Bool { self == .http || self == .https }
}
