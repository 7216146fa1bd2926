package import Addressing

/// A place on a packet's way where the kernel runs chains.
package enum Hook: String, Sendable, Hashable, CaseIterable {
  case ingress, prerouting, input, forward, output, postrouting, egress

  /// The hook of an iptables chain that the kernel makes itself; `nil` for a user's chain.
  package init?(iptablesChain name: String) {
    switch name {
    case "PREROUTING": self = .prerouting
    case "INPUT": self = .input
    case "FORWARD": self = .forward
    case "OUTPUT": self = .output
    case "POSTROUTING": self = .postrouting
    default: return nil
    }
  }
}

/// The family of a table: which packets its chains see.
package enum TableFamily: String, Sendable, Hashable {
  case ipv4 = "ip"
  case ipv6 = "ip6"
  case inet, arp, bridge, netdev

  /// Whether IP packets of that family pass the table's chains.
  package func sees(_ family: IPAddress.Family) -> Bool {
    switch self {
    case .ipv4: family == .ipv4
    case .ipv6: family == .ipv6
    case .inet, .netdev: true
    case .arp, .bridge: false
    }
  }
}

/// Where a base chain stands in the kernel's order.
package struct BaseHook: Sendable, Hashable {
  /// What a base chain may do besides filtering.
  package enum Kind: String, Sendable, Hashable {
    case filter, nat, route
  }

  /// The priority of the connection lookup: chains before it know no connection.
  ///
  /// Source: `NF_IP_PRI_CONNTRACK` of `linux/netfilter_ipv4.h`.
  package static let connectionTracking = -200

  /// The hook the chain is called from.
  package var hook: Hook
  /// Whether the chain filters, translates addresses, or may change the route.
  package var kind: Kind
  /// Lower runs first; at equal priority the chain registered later runs first.
  package var priority: Int
  /// What becomes of a packet that comes to the chain's end.
  package var policy: Policy
  /// The devices of an ingress or egress chain; `nil` where the listing does not name them.
  package var devices: [String]?

  /// What becomes of a packet that comes to a base chain's end.
  package enum Policy: String, Sendable, Hashable {
    case accept, drop
  }
}
