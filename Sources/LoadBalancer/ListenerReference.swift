/// The CLB listener, or the rule of a layer-7 one, whose health check a target is; names as in the API.
package struct ListenerReference: Sendable, Hashable, Codable {
  /// As `lb-a1b2c3d4`; `nil` where no document named it.
  package var loadBalancerID: String?
  /// As `lbl-0001aaaa`.
  package var listenerID: String
  /// As `loc-0001aaaa`; `nil` for a layer-4 listener, which holds the check itself.
  package var locationID: String?
  package var listenerProtocol: ListenerProtocol
  package var listenerPort: UInt16
  /// The rule's forwarding domain, which may hold a wildcard; `nil` for a layer-4 listener.
  package var domain: String?
  /// The rule's forwarding path; `nil` for a layer-4 listener.
  package var url: String?
  /// The CLB's region, as `ap-guangzhou`; `nil` where no document named it.
  package var region: String?
  /// Whether connections to real servers are kept open (`KeepaliveEnable`); `nil` where no document says.
  package var keepsConnections: Bool?
  /// What documents say of the CLB itself; `nil` where none describes it.
  package var loadBalancer: LoadBalancerTraits?

  package init(
    loadBalancerID: String?, listenerID: String, locationID: String? = nil,
    listenerProtocol: ListenerProtocol, listenerPort: UInt16, domain: String? = nil,
    url: String? = nil, region: String? = nil
  ) {
    self.loadBalancerID = loadBalancerID
    self.listenerID = listenerID
    self.locationID = locationID
    self.listenerProtocol = listenerProtocol
    self.listenerPort = listenerPort
    self.domain = domain
    self.url = url
    self.region = region
  }
}

extension ListenerReference: CustomStringConvertible {
  /// `lbl-0001aaaa (HTTPS:443) of lb-a1b2c3d4, rule loc-0001aaaa (shop.example.com/)`.
  package var description: String {
    let owner = loadBalancerID.map { " of \($0)" } ?? ""
    let pattern = (domain ?? "") + (url ?? "")
    let rule = locationID.map { ", rule \($0)" + (pattern.isEmpty ? "" : " (\(pattern))") } ?? ""
    return "\(listenerID) (\(listenerProtocol.rawValue):\(listenerPort))" + owner + rule
  }
}

/// What a CLB listener speaks with clients: `Listener.Protocol` of the CLB API.
package enum ListenerProtocol: String, Sendable, Hashable, Codable, CaseIterable {
  case tcp = "TCP"
  case udp = "UDP"
  case http = "HTTP"
  case https = "HTTPS"
  case tcpSSL = "TCP_SSL"
  case quic = "QUIC"

  /// Whether its rules, not the listener, hold the health checks.
  package var isLayer7: Bool { self == .http || self == .https }
}
