import Addressing
package import Host
package import PacketFilter

/// What of a host decides its packet filters: the rules, the addresses and the routes.
package struct FilterFacts: Sendable {
  package var listings: PacketFilterListings
  package var hostView: HostView

  /// Reads these alone.
  package static func read(from door: some HostDoor) async -> FilterFacts {
    async let listings = PacketFilterListings.read(from: door)
    let view = HostView(
      interfaces: NetworkInterface.readAll(from: door), routes: Route.readAll(.ipv4, from: door),
      routes6: Route.readAll(.ipv6, from: door), parameters: KernelParameters.read(from: door))
    return FilterFacts(listings: await listings, hostView: view)
  }
}
