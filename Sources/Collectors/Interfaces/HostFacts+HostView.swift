import Host
package import PacketFilter

extension HostFacts {
  /// The addresses and routes that rules may look at or send packets by.
  package var hostView: HostView {
    HostView(interfaces: interfaces, routes: routes, routes6: routes6, parameters: parameters)
  }
}

extension HostView {
  /// The host as rtnetlink(7) tells of it; what was not read is not known to the rules either.
  init(
    interfaces: Reading<[NetworkInterface]>, routes: Reading<[Collectors.Route]>,
    routes6: Reading<[Collectors.Route]>, parameters: KernelParameters
  ) {
    let known = interfaces.value ?? []
    self.init(
      interfaces: known.map { interface in
        Interface(
          name: interface.name, index: Int(interface.index),
          addresses: interface.addresses.map(\.address))
      },
      routes: ((routes.value ?? []) + (routes6.value ?? [])).compactMap { Route($0, known) })
    loopbackRouted = Set(
      known.map(\.name).filter { parameters.effective(.routeLocalnet, on: $0).value == 1 })
  }
}

extension HostView.Route {
  /// A route of the tables that are asked without a policy rule: local, main and default.
  fileprivate init?(_ route: Collectors.Route, _ interfaces: [NetworkInterface]) {
    guard (253...255).contains(route.table), let kind = AddressKind(rawValue: route.type) else {
      return nil
    }
    let device = route.hops.first.flatMap { hop in
      interfaces.first { $0.index == hop.interfaceIndex }?.name
    }
    self.init(
      kind: kind, destination: route.destination, device: device, metric: Int(route.metric),
      isInLocalTable: route.table == 255)
  }
}
