/// What decides, of a whole CLB instance, who sends traffic to its real servers and what lets it through.
package struct LoadBalancerTraits: Sendable, Hashable, Codable {
  /// Whether clients come from the Internet or from a private network; `nil` where no document says.
  package var kind: CloudLoadBalancer.Kind?
  /// "Allow by default", `LoadBalancerPassToTarget`; `nil` where no document says.
  package var passesToTargets: Bool?
  /// Whether its own addresses can stand in the place of clients', for targets of other networks.
  package var hasSNATAddresses: Bool

  package init(
    kind: CloudLoadBalancer.Kind? = nil, passesToTargets: Bool? = nil,
    hasSNATAddresses: Bool = false
  ) {
    self.kind = kind
    self.passesToTargets = passesToTargets
    self.hasSNATAddresses = hasSNATAddresses
  }

  init(_ loadBalancer: CloudLoadBalancer) {
    self.init(
      kind: loadBalancer.kind, passesToTargets: loadBalancer.passesToTargets,
      hasSNATAddresses: !loadBalancer.snatAddresses.isEmpty)
  }
}
