package import Addressing
import Host

/// One of the ways that a route's packets may go.
package struct NextHop: Sendable, Hashable {
  package var interfaceIndex: UInt32
  /// `nil` for a network that is directly attached.
  package var gateway: IPAddress?

  package init(interfaceIndex: UInt32, gateway: IPAddress? = nil) {
    self.interfaceIndex = interfaceIndex
    self.gateway = gateway
  }

  /// `struct rtnexthop` (8 bytes: length (2), flags, hops, index (4)), each with attributes of its own.
  ///
  /// - Throws: for a length that is less than the structure's, or more than is left.
  static func all(parsing bytes: ArraySlice<UInt8>) throws(ParseFailure) -> [NextHop] {
    var hops: [NextHop] = []
    var rest = bytes
    while !rest.isEmpty {
      guard let length = rest.hostOrder(UInt16.self, at: 0).map(Int.init),
        let index = rest.hostOrder(UInt32.self, at: 4), length >= 8, length <= rest.count
      else {
        throw ParseFailure(
          found: "a next hop at byte \(rest.startIndex)",
          expected: "a length from 8 to the \(rest.count) bytes left")
      }
      let attributes = try NetlinkAttributes(parsing: rest.dropFirst(8).prefix(length - 8))
      hops.append(NextHop(interfaceIndex: index, gateway: gateway(attributes)))
      rest = rest.dropFirst((length + 3) & ~3)
    }
    return hops
  }

  /// `RTA_GATEWAY`, or `RTA_VIA` where the gateway is of the other family: its number, then its address.
  static func gateway(_ attributes: NetlinkAttributes) -> IPAddress? {
    (attributes[5] ?? attributes[18]?.dropFirst(2)).flatMap { IPAddress(networkBytes: $0) }
  }
}

extension Route {
  /// Every way that packets by this route may go.
  package var hops: [NextHop] {
    guard let interfaceIndex else { return nextHops }
    return [NextHop(interfaceIndex: interfaceIndex, gateway: gateway)] + nextHops
  }
}
