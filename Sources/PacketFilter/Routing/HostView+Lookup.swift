import Addressing

extension HostView {
  /// The route that a packet to the address takes; `nil` for none.
  func route(to number: UInt128, _ family: IPAddress.Family) -> Route? {
    let address = IPAddress(family: family, number: number)
    return routes.first { $0.kind != .throw && $0.destination.contains(address) }
  }

  /// Cuts a set of addresses by the route that leads to each; those without a route come with `nil`.
  func partition(
    _ addresses: IntervalSet, _ family: IPAddress.Family
  ) -> [(addresses: IntervalSet, route: Route?)] {
    var rest = addresses
    var result: [(IntervalSet, Route?)] = []
    for route in routes where route.destination.base.family == family && route.kind != .throw {
      if rest.isEmpty { return result }
      let prefix = AddressSet(route.destination).numbers
      let part = rest.intersection(prefix)
      guard !part.isEmpty else { continue }
      rest.subtract(prefix)
      result.append((part, route))
    }
    if !rest.isEmpty { result.append((rest, nil)) }
    return result
  }

  /// Cuts a set of addresses by what each is to the kernel, as `fib … type` and `addrtype` see it.
  ///
  /// For IPv4 only the table `local` is asked, and what it does not hold is unicast.
  func kinds(
    of addresses: IntervalSet, _ family: IPAddress.Family, on device: String?
  ) -> [(addresses: IntervalSet, kind: AddressKind)] {
    var rest = addresses
    var result: [(IntervalSet, AddressKind)] = []
    func take(_ set: IntervalSet, _ kind: AddressKind) {
      let part = rest.intersection(set)
      guard !part.isEmpty else { return }
      rest.subtract(set)
      result.append((part, kind))
    }
    if family == .ipv4 {
      take(IntervalSet(0, 0), .broadcast)
      take(IntervalSet(0xFFFF_FFFF, 0xFFFF_FFFF), .broadcast)
      take(IntervalSet(0xE000_0000, 0xEFFF_FFFF), .multicast)
    } else {
      take(IntervalSet(UInt128(0xFF) << 120, .max), .multicast)
    }
    for route in routes where route.destination.base.family == family {
      let isWanted = family == .ipv4 ? route.isInLocalTable : route.kind != .throw
      guard isWanted, !rest.isEmpty else { continue }
      let isElsewhere = device != nil && route.device != device && route.isInLocalTable
      take(AddressSet(route.destination).numbers, isElsewhere ? .unicast : route.kind)
    }
    if routes.isEmpty {
      let own = interfaces.filter { device == nil || $0.name == device }.flatMap(\.addresses)
      for address in own where address.family == family {
        take(IntervalSet(address.number, address.number), .local)
      }
    }
    if !rest.isEmpty {
      result.append((rest, family == .ipv6 && !routes.isEmpty ? .unreachable : .unicast))
    }
    return result
  }

  /// The sources that the kernel refuses from outside whatever the filters say.
  ///
  /// Source: `ip_route_input_slow` and `fib_validate_source` of the kernel; for IPv6 `ipv6_rcv`.
  func impossibleSources(_ family: IPAddress.Family) -> IntervalSet {
    guard family == .ipv4 else {
      return IntervalSet([
        .init(1, 1), .init(UInt128(0xFF) << 120, .max),
      ])
    }
    var ranges: [IntervalSet.Interval] = [
      .init(0, 0), .init(0x7F00_0000, 0x7FFF_FFFF), .init(0xE000_0000, 0xEFFF_FFFF),
      .init(0xFFFF_FFFF, 0xFFFF_FFFF),
    ]
    for route in routes
    where route.destination.base.family == family && [.local, .broadcast].contains(route.kind) {
      ranges.append(.init(route.destination.base.number, route.destination.highest.number))
    }
    for address in interfaces.flatMap(\.addresses) where address.family == family {
      ranges.append(.init(address.number, address.number))
    }
    return IntervalSet(ranges)
  }
}
