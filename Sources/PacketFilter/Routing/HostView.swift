package import Addressing

/// What the evaluator needs of a host besides its filters: addresses and routes.
///
/// Without addresses and routes the destination asked about is taken for the host's own.
package struct HostView: Sendable {
  /// One interface.
  package struct Interface: Sendable, Hashable {
    package var name: String
    /// The number that `iif` and `oif` of nft hold; `nil` where it is not known.
    package var index: Int?
    /// Its addresses, the primary one of each family first.
    package var addresses: [IPAddress]

    /// An interface of that name with those addresses.
    package init(name: String, index: Int?, addresses: [IPAddress]) {
      self.name = name
      self.index = index
      self.addresses = addresses
    }
  }

  /// One route.
  package struct Route: Sendable, Hashable {
    package var kind: AddressKind
    package var destination: AddressPrefix
    /// The interface that it leaves by; `nil` for one that leads nowhere.
    package var device: String?
    /// Lower is taken first.
    package var metric: Int
    /// Whether it stands in the table `local`, which is asked first.
    package var isInLocalTable: Bool

    /// A route to those addresses.
    package init(
      kind: AddressKind, destination: AddressPrefix, device: String?, metric: Int,
      isInLocalTable: Bool
    ) {
      self.kind = kind
      self.destination = destination
      self.device = device
      self.metric = metric
      self.isInLocalTable = isInLocalTable
    }
  }

  /// The interfaces; empty where they are not known.
  package let interfaces: [Interface]
  /// The routes in the order that the kernel asks them; empty where they are not known.
  package let routes: [Route]
  /// The interfaces whose packets to 127.0.0.0/8 are routed: `net.ipv4.conf.*.route_localnet`, by default none.
  package var loopbackRouted: Set<String> = []

  /// A host with those interfaces and routes.
  package init(interfaces: [Interface] = [], routes: [Route] = []) {
    self.interfaces = interfaces
    self.routes = routes.sorted { left, right in
      if left.isInLocalTable != right.isInLocalTable { return left.isInLocalTable }
      if left.destination.length != right.destination.length {
        return left.destination.length > right.destination.length
      }
      return left.metric < right.metric
    }
  }

  /// Whether it is known which addresses are the host's own.
  var knowsAddresses: Bool { !interfaces.isEmpty || !routes.isEmpty }

  /// The first address of the family on the interface; link-local ones only where there is no other.
  func primaryAddress(of name: String, _ family: IPAddress.Family) -> IPAddress? {
    let own = interfaces.first { $0.name == name }?.addresses.filter { $0.family == family } ?? []
    return own.first { !$0.isLinkLocal } ?? own.first
  }

  /// The address of the family that the interface has beside link-local ones; `nil` for several or none.
  func onlyAddress(of name: String, _ family: IPAddress.Family) -> IPAddress? {
    let own = interfaces.first { $0.name == name }?.addresses
      .filter { $0.family == family && !$0.isLinkLocal }
    return own?.count == 1 ? own?.first : nil
  }
}

/// What an address is to the routing tables: `RTN_*` of rtnetlink(7).
package enum AddressKind: UInt8, Sendable, Hashable {
  case unspecified, unicast, local, broadcast, anycast, multicast, blackhole, unreachable
  case prohibit, `throw`, nat, xresolve

  /// The kind by the name that iptables (in any case), nft and ip(8) use.
  package init?(_ name: String) {
    switch name {
    case "unspec": self = .unspecified
    case "unicast": self = .unicast
    case "local": self = .local
    case "broadcast": self = .broadcast
    case "anycast": self = .anycast
    case "multicast": self = .multicast
    case "blackhole": self = .blackhole
    case "unreachable": self = .unreachable
    case "prohibit": self = .prohibit
    case "throw": self = .throw
    case "nat": self = .nat
    case "xresolve": self = .xresolve
    default: return nil
    }
  }
}
