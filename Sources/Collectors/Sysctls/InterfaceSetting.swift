/// What every interface has a parameter for, under `net.ipv4.conf`.
package enum InterfaceSetting: String, Sendable, Hashable, CaseIterable {
  /// 0: off, 1: strict (the route back leaves by this interface), 2: loose (there is a route back).
  case reversePathFilter = "rp_filter"
  /// 1: packets whose source is an address of this host are taken.
  case acceptLocal = "accept_local"
  /// 1: packets to 127.0.0.0/8 that come in by this interface are routed.
  case routeLocalnet = "route_localnet"
}
