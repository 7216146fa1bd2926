package import PacketFilter
import Host

extension HostFacts {
  /// The addresses and routes that rules may look at or send packets by.
  package var hostView: HostView {
    let all = (routes.value ?? []) + (routes6.value ?? [])
    return HostView(
      interfaces: (interfaces.value ?? []).map { interface in
        HostView.Interface(
          name: interface.name, index: Int(interface.index),
          addresses: interface.addresses.map(\.address))
      },
      routes: all.compactMap { viewRoute($0) })
  }

  /// A route of the tables that are asked without a policy rule: local, main and default.
  private func viewRoute(_ route: Route) -> HostView.Route? {
    guard (253...255).contains(route.table), let kind = AddressKind(rawValue: route.type) else {
      return nil
    }
    let device = route.hops.first.flatMap { hop in
      interfaces.value?.first { $0.index == hop.interfaceIndex }?.name
    }
    return HostView.Route(
      kind: kind, destination: route.destination, device: device, metric: Int(route.metric),
      isInLocalTable: route.table == 255)
  }
}
