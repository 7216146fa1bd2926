package import Addressing

/// The address of this host that a CLB most likely uses.
///
/// A CLB always reaches a real server by its private address, also for a public listener.
/// Source: https://www.tencentcloud.com/document/product/214/5411 .
package enum PrivateAddress {
  /// The private IPv4 addresses of the host, the one of the default route's interface first.
  ///
  /// Container bridges hold private addresses too; only the default route tells them from the VPC's.
  package static func candidates(
    interfaces: [NetworkInterface], routes: [Route]
  ) -> [IPAddress] {
    let defaults = routes.filter { $0.destination.length == 0 && $0.type == 1 && $0.table == 254 }
    let best = defaults.min { $0.metric < $1.metric }
    let ordered = interfaces.filter { !$0.isLoopback }.sorted { first, second in
      (first.index == best?.interfaceIndex ? 0 : 1, first.index)
        < (second.index == best?.interfaceIndex ? 0 : 1, second.index)
    }
    let addresses = ordered.flatMap(\.addresses).map(\.address).filter { $0.family == .ipv4 }
    let usable = addresses.filter { !$0.isLoopback && !$0.isLinkLocal }
    // A source that the route itself names is what the host's own packets carry.
    let preferred = best?.preferredSource.map { [$0] } ?? []
    let inOrder = preferred + usable.filter { !preferred.contains($0) }
    return inOrder.filter(\.isPrivate) + inOrder.filter { !$0.isPrivate }
  }
}
