package import Addressing

/// A CLB instance as documents describe it.
///
/// Source: `LoadBalancer` of the CLB API, https://cloud.tencent.com/document/product/214/30685 .
package struct CloudLoadBalancer: Sendable, Hashable {
  /// As `lb-a1b2c3d4`.
  package var id: String
  package var name: String?
  package var kind: Kind?
  /// The VIPs of both families, in the documents' order; a domain-name CLB has none that is fixed.
  package var virtualIPs: [IPAddress] = []
  /// The domain name of a CLB without a fixed VIP.
  package var domain: String?
  package var region: String?
  /// "Allow by default": whether security groups of real servers let its traffic through unasked.
  package var passesToTargets: Bool?
  /// The addresses that replace those of clients and maybe of probes, for targets of other networks.
  package var snatAddresses: [IPAddress] = []

  init(id: String) { self.id = id }

  /// `LoadBalancerType`: from where clients come.
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case open = "OPEN"
    case `internal` = "INTERNAL"
  }
}

/// A CVM instance as `cvm DescribeInstances` lists it.
///
/// Source: `Instance` of the CVM API, https://cloud.tencent.com/document/product/213/15728 .
package struct CloudInstance: Sendable, Hashable {
  /// As `ins-9z8y7x6w`.
  package var id: String
  /// Those of the primary network interface.
  package var privateAddresses: [IPAddress] = []
  /// `InternetMaxBandwidthOut` in Mbit/s; 0 is no public bandwidth.
  package var publicBandwidthMegabits: Int?

  init(id: String) { self.id = id }
}

/// Who is billed for public bandwidth: `NetworkAccountType` of the VPC API.
package enum NetworkAccountType: String, Sendable, Hashable, Codable, CaseIterable {
  /// Bill-by-IP.
  case standard = "STANDARD"
  /// Bill-by-CVM: a real server needs public bandwidth behind a public CLB.
  case legacy = "LEGACY"
}
