import Addressing
import Collectors
import PacketFilter

extension RulesDirectory {
  /// The host with its default routes by the interface that a probe comes in by.
  ///
  /// The corpus was probed so: the routes are listed once, for its first interface.
  func host(defaultRoutesBy interface: String) -> HostView {
    let routes = host.routes.map { route in
      var moved = route
      if route.destination.length == 0 { moved.device = interface }
      return moved
    }
    return HostView(interfaces: host.interfaces, routes: routes)
  }
}
