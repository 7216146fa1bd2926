package import Addressing
package import Host

/// One route of a routing table, of whatever type.
package struct Route: Sendable, Hashable {
  package var destination: AddressPrefix
  /// The next hop; `nil` for a network that is directly attached.
  package var gateway: IPAddress?
  /// The interface's index; `nil` for a route without one (blackhole, several next hops).
  package var interfaceIndex: UInt32?
  /// The next hops of a route with several; empty for any other.
  package var nextHops: [NextHop]
  /// The source address that packets by this route have, where the route names one.
  package var preferredSource: IPAddress?
  package var metric: UInt32
  /// 254 is `main`, 255 `local`.
  package var table: UInt32
  /// `RTN_*`: 1 unicast, 2 local, 6 blackhole, 7 unreachable, 8 prohibit.
  package var type: UInt8

  package init(
    destination: AddressPrefix, gateway: IPAddress? = nil, interfaceIndex: UInt32? = nil,
    nextHops: [NextHop] = [], preferredSource: IPAddress? = nil, metric: UInt32 = 0,
    table: UInt32 = 254, type: UInt8 = 1
  ) {
    self.destination = destination
    self.gateway = gateway
    self.interfaceIndex = interfaceIndex
    self.nextHops = nextHops
    self.preferredSource = preferredSource
    self.metric = metric
    self.table = table
    self.type = type
  }

  /// Reads all tables of one family.
  package static func readAll(
    _ family: IPAddress.Family, from door: some HostDoor
  ) -> Reading<[Route]> {
    let request = family == .ipv4 ? RouteNetlink.routes : RouteNetlink.routes6
    return door.ask(request).parsed { messages throws(ParseFailure) in
      var routes: [Route] = []
      for message in messages where message.type == 24 {  // RTM_NEWROUTE
        if let route = try Route(parsing: message.payload) { routes.append(route) }
      }
      return routes
    }
  }

  /// One route of a dump; `nil` for another family, and for the kernel's cached clones.
  init?(parsing bytes: [UInt8]) throws(ParseFailure) {
    let flags = bytes.hostOrder(UInt32.self, at: 8) ?? 0
    guard flags & 0x200 == 0 else { return nil }  // RTM_F_CLONED
    try self.init(parsingAnswer: bytes)
  }

  /// `struct rtmsg` (12 bytes): family, dst_len, src_len, tos, table, protocol, scope, type, flags (4).
  ///
  /// `nil` for another family. A clone, which kernels before 4.13 give for one address, is a route to
  /// that address alone.
  init?(parsingAnswer bytes: [UInt8]) throws(ParseFailure) {
    guard let family = bytes.first, let length = bytes.hostOrder(UInt8.self, at: 1),
      let table = bytes.hostOrder(UInt8.self, at: 4), let type = bytes.hostOrder(UInt8.self, at: 7),
      bytes.count >= 12
    else {
      throw ParseFailure(found: "\(bytes.count) bytes", expected: "12 bytes of struct rtmsg")
    }
    guard family == 2 || family == 10 else { return nil }
    let attributes = try NetlinkAttributes(parsing: bytes.dropFirst(12))
    let any: IPAddress = family == 2 ? .v4(0) : .v6(0)
    let base = attributes[1].flatMap { IPAddress(networkBytes: $0) } ?? any  // RTA_DST
    guard let destination = AddressPrefix(base, length: Int(length)) else {
      throw ParseFailure(found: "a length of \(length)", expected: "at most the family's bits")
    }
    self.init(
      destination: destination,
      gateway: NextHop.gateway(attributes), interfaceIndex: attributes.integer(4),  // RTA_OIF
      nextHops: try NextHop.all(parsing: attributes[9] ?? []),  // RTA_MULTIPATH
      preferredSource: attributes[7].flatMap { IPAddress(networkBytes: $0) },  // RTA_PREFSRC
      metric: attributes.integer(6) ?? 0,  // RTA_PRIORITY
      table: attributes.integer(15) ?? UInt32(table), type: type)  // RTA_TABLE
  }
}
