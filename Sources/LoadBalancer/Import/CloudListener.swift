package import Addressing

/// A CLB listener as documents describe it; what none of them says is `nil` or empty.
///
/// Source: `Listener`, `ListenerBackend`, `ListenerHealth` and `ListenerItem` of the CLB API.
package struct CloudListener: Sendable, Hashable {
  package var id: String
  package var loadBalancerID: String?
  /// As `TCP`; a word of the API that is not known here stays as it is.
  package var protocolName: String?
  package var port: UInt16?
  /// The last port of a listener of a range of ports; `nil` for a listener of one port.
  package var endPort: UInt16?
  /// The check of a layer-4 listener.
  package var healthCheck: CloudHealthCheck?
  package var targetGroupIDs: Set<String> = []
  package var isStopped = false
  /// `KeepaliveEnable`.
  package var keepsConnections: Bool?
  package var backends: [CloudBackend] = []
  package var rules: [CloudRule] = []

  init(id: String) { self.id = id }

  /// What is spoken with clients; `nil` where nobody said, or it is not known here.
  package var listenerProtocol: ListenerProtocol? {
    protocolName.flatMap(ListenerProtocol.init(rawValue:))
  }
}

/// A forwarding rule of a layer-7 listener.
///
/// Documents of health also give a layer-4 listener one rule, which holds its real servers.
///
/// Source: `RuleOutput`, `RuleTargets`, `RuleHealth` and `RulesItems` of the CLB API.
package struct CloudRule: Sendable, Hashable {
  /// As `loc-0001aaaa`.
  package var id: String?
  package var domain: String?
  package var url: String?
  /// What is spoken with real servers, as `HTTPS` or `GRPC`.
  package var forwardType: String?
  package var healthCheck: CloudHealthCheck?
  package var targetGroupIDs: Set<String> = []
  package var backends: [CloudBackend] = []

  init() {}

  /// What tells it from the listener's other rules.
  var key: String { id ?? "\(domain ?? "")\(url ?? "")" }
}

/// A real server bound to a listener or rule.
///
/// Source: `Backend`, `TargetHealth` and `LbRsTargets` of the CLB API.
package struct CloudBackend: Sendable, Hashable {
  /// As `ins-9z8y7x6w` or `eni-0a1b2c3d`.
  package var id: String?
  package var addresses: [IPAddress] = []
  /// Where traffic goes; 0 is the listener's own port.
  package var port: UInt16?
  package var state: HealthState?

  package init(
    id: String? = nil, addresses: [IPAddress] = [], port: UInt16? = nil, state: HealthState? = nil
  ) {
    self.id = id
    self.addresses = addresses
    self.port = port
    self.state = state
  }
}
