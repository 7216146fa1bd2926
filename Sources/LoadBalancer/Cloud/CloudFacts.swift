import Addressing

/// What is known of the cloud around one host: its instance, its account, and the CLBs of its targets.
///
/// Nothing of it can be read from the host itself: documents of the cloud API say it, settings, and the
/// metadata service.
package struct CloudFacts: Sendable, Hashable, Codable {
  /// What the metadata service said; `nil` where there is none, or it was not asked.
  package var metadata: InstanceMetadata?
  /// The instance that documents take this host for; the metadata service knows better where it answers.
  package var describedInstanceID: String?
  package var accountType: CloudFact<NetworkAccountType>?
  /// The instance's `InternetMaxBandwidthOut` in Mbit/s; 0 is no public bandwidth.
  package var publicBandwidthMegabits: CloudFact<Int>?
  /// The CLBs of the targets, by their ids.
  package var loadBalancers: [String: LoadBalancer] = [:]

  package init() {}

  /// What matters of a CLB to the real servers behind it.
  package struct LoadBalancer: Sendable, Hashable, Codable {
    /// `nil` where no document says.
    package var kind: CloudLoadBalancer.Kind?
    /// Whether all of its VIPs are IPv6; `false` where none is known.
    package var isIPv6: Bool

    package init(kind: CloudLoadBalancer.Kind?, isIPv6: Bool = false) {
      self.kind = kind
      self.isIPv6 = isIPv6
    }
  }

  /// Whether the figures can be true; a capture can hold any.
  package var isSensible: Bool {
    publicBandwidthMegabits.map { Self.sensibleMegabits.contains($0.value) } ?? true
  }

  /// Mbit/s that an instance can have.
  package static let sensibleMegabits = 0...10_000_000

  /// This host's instance id, as `ins-9z8y7x6w`; `nil` where nobody knows.
  package var instanceID: String? { metadata?.instanceID ?? describedInstanceID }

  /// The CLB that a target is probed by; `nil` for a target or CLB that no document names.
  package func loadBalancer(of target: Target) -> LoadBalancer? {
    target.listener?.loadBalancerID.flatMap { loadBalancers[$0] }
  }
}

/// A value with who said it: `vpc DescribeNetworkAccountType`, or a line of the settings.
package struct CloudFact<Value: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
  package var value: Value
  /// For people.
  package var source: String

  package init(_ value: Value, from source: String) {
    self.value = value
    self.source = source
  }
}

extension CloudFacts {
  /// Takes what documents say, in the place of what was known before.
  ///
  /// - Parameters:
  ///   - server: this host.
  ///   - targets: those whose CLBs matter.
  package mutating func take(
    _ documents: CloudDescription, of server: RealServer, targets: [Target]
  ) {
    let instance = documents.instance(of: server)
    describedInstanceID = instance?.id ?? describedInstanceID
    if let type = documents.accountType {
      accountType = CloudFact(type, from: "vpc DescribeNetworkAccountType")
    }
    if let bandwidth = instance?.publicBandwidthMegabits {
      publicBandwidthMegabits = CloudFact(bandwidth, from: "cvm DescribeInstances")
    }
    for id in Set(targets.compactMap { $0.listener?.loadBalancerID }) {
      guard let known = documents.loadBalancer(id) else { continue }
      let addresses = known.virtualIPs
      loadBalancers[id] = LoadBalancer(
        kind: known.kind,
        isIPv6: !addresses.isEmpty && addresses.allSatisfy { $0.family == .ipv6 })
    }
  }
}
