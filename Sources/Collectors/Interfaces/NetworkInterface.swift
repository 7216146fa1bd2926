package import Addressing
package import Host

/// One network interface with its addresses.
package struct NetworkInterface: Sendable, Hashable {
  package var index: UInt32
  package var name: String
  /// Administratively up (`IFF_UP`).
  package var isUp: Bool
  /// Has a carrier (`IFF_LOWER_UP`).
  package var hasCarrier: Bool
  package var isLoopback: Bool
  /// The kernel's name of a virtual interface's kind (`vrf`, `dummy`, `bridge`); `nil` for hardware.
  package var kind: String?
  /// The index of the bridge, bond or VRF that it is a part of.
  package var masterIndex: UInt32?
  /// The XDP program that sees its packets before anything else does; `nil` where there is none, and
  /// on a kernel before 4.8, which has no such programs.
  package var xdpProgram: XDPProgram?
  package var addresses: [Address]

  /// Whether no packet from outside comes in by it: it only holds addresses.
  package var isInternal: Bool { isLoopback || kind == "dummy" }

  /// One address with the length of its network's prefix.
  package struct Address: Sendable, Hashable {
    package var address: IPAddress
    package var prefixLength: Int
    /// Still tentative or failed duplicate address detection: the kernel does not answer on it.
    package var isTentative: Bool
    /// For IPv6 `link` means that the address needs its interface to tell whose it is. An IPv4 address
    /// answers on every link whatever its scope is; that only says when it is chosen as a source.
    package var scope: AddressScope

    package init(
      address: IPAddress, prefixLength: Int, isTentative: Bool = false,
      scope: AddressScope = .universe
    ) {
      self.address = address
      self.prefixLength = prefixLength
      self.isTentative = isTentative
      self.scope = scope
    }
  }

  package init(
    index: UInt32, name: String, isUp: Bool = true, hasCarrier: Bool = true,
    isLoopback: Bool = false, kind: String? = nil, masterIndex: UInt32? = nil,
    xdpProgram: XDPProgram? = nil, addresses: [Address] = []
  ) {
    self.index = index
    self.name = name
    self.isUp = isUp
    self.hasCarrier = hasCarrier
    self.isLoopback = isLoopback
    self.kind = kind
    self.masterIndex = masterIndex
    self.xdpProgram = xdpProgram
    self.addresses = addresses
  }
}

/// rtnetlink(7) questions and the structures of their answers.
package enum RouteNetlink {
  /// `NETLINK_ROUTE`.
  private static let family: Int32 = 0
  private static let dump: UInt16 = 0x300

  /// `RTM_GETLINK`: every interface.
  package static let links = NetlinkRequest(
    family: family, type: 18, flags: dump, payload: [UInt8](repeating: 0, count: 16),
    question: "rtnetlink(7) links")
  /// `RTM_GETADDR`: every address.
  package static let addresses = NetlinkRequest(
    family: family, type: 22, flags: dump, payload: [UInt8](repeating: 0, count: 8),
    question: "rtnetlink(7) addresses")
  /// `RTM_GETROUTE`: every IPv4 route.
  package static let routes = NetlinkRequest(
    family: family, type: 26, flags: dump, payload: [2] + [UInt8](repeating: 0, count: 11),
    question: "rtnetlink(7) IPv4 routes")
  /// `RTM_GETROUTE`: every IPv6 route.
  package static let routes6 = NetlinkRequest(
    family: family, type: 26, flags: dump, payload: [10] + [UInt8](repeating: 0, count: 11),
    question: "rtnetlink(7) IPv6 routes")
}

extension NetworkInterface {
  /// Reads every interface and its addresses, in order of index.
  package static func readAll(from door: some HostDoor) -> Reading<[NetworkInterface]> {
    let links = door.ask(RouteNetlink.links).parsed { messages throws(ParseFailure) in
      var interfaces: [NetworkInterface] = []
      for message in messages where message.type == 16 {  // RTM_NEWLINK
        interfaces.append(try NetworkInterface(parsingLink: message.payload))
      }
      return interfaces
    }
    guard case .value(let interfaces, let source) = links else { return links }
    let addressed = door.ask(RouteNetlink.addresses).parsed { messages throws(ParseFailure) in
      var byIndex = Dictionary(interfaces.map { ($0.index, $0) }, uniquingKeysWith: { $1 })
      for message in messages where message.type == 20 {  // RTM_NEWADDR
        guard let (index, address) = try Address.parse(message.payload) else { continue }
        byIndex[index]?.addresses.append(address)
      }
      return byIndex.values.sorted { $0.index < $1.index }
    }
    guard case .value(let whole, _) = addressed else { return addressed }
    return .value(whole, from: source)
  }

  /// `struct ifinfomsg` (16 bytes): family, pad, type (2), index (4), flags (4), change (4).
  init(parsingLink bytes: [UInt8]) throws(ParseFailure) {
    guard let index = bytes.hostOrder(UInt32.self, at: 4),
      let flags = bytes.hostOrder(UInt32.self, at: 8), bytes.count >= 16
    else {
      throw ParseFailure(found: "\(bytes.count) bytes", expected: "16 bytes of struct ifinfomsg")
    }
    let attributes = try NetlinkAttributes(parsing: bytes.dropFirst(16))
    let linkInfo = try NetlinkAttributes(parsing: attributes[18] ?? [])  // IFLA_LINKINFO
    self.init(
      index: index, name: attributes.string(3) ?? "",  // IFLA_IFNAME
      isUp: flags & 0x1 != 0, hasCarrier: flags & 0x10000 != 0, isLoopback: flags & 0x8 != 0,
      kind: linkInfo.string(1), masterIndex: attributes.integer(10),  // IFLA_INFO_KIND, IFLA_MASTER
      xdpProgram: try XDPProgram(parsing: attributes[43] ?? []))  // IFLA_XDP
  }
}

extension NetworkInterface.Address {
  /// `struct ifaddrmsg` (8 bytes): family, prefix length, flags, scope, index (4).
  ///
  /// `nil` for an address of another family than the two of IP.
  static func parse(
    _ bytes: [UInt8]
  ) throws(ParseFailure) -> (UInt32, NetworkInterface.Address)? {
    guard let family = bytes.first, let length = bytes.hostOrder(UInt8.self, at: 1),
      let flags = bytes.hostOrder(UInt8.self, at: 2),
      let scope = bytes.hostOrder(UInt8.self, at: 3),
      let index = bytes.hostOrder(UInt32.self, at: 4)
    else {
      throw ParseFailure(found: "\(bytes.count) bytes", expected: "8 bytes of struct ifaddrmsg")
    }
    guard family == 2 || family == 10 else { return nil }
    let attributes = try NetlinkAttributes(parsing: bytes.dropFirst(8))
    // IFA_LOCAL is the host's own end where IFA_ADDRESS is the peer's of a point-to-point link.
    guard let raw = attributes[2] ?? attributes[1], let address = IPAddress(networkBytes: raw)
    else {
      return nil
    }
    let bits = address.family.bitCount
    guard length <= bits else {
      throw ParseFailure(found: "a prefix of \(length) bits", expected: "at most \(bits)")
    }
    // IFA_F_DADFAILED 0x08; IFA_F_TENTATIVE 0x40, but for IFA_F_OPTIMISTIC 0x04, which answers.
    let isTentative = flags & 0x08 != 0 || flags & 0x44 == 0x40
    return (
      index,
      NetworkInterface.Address(
        address: address, prefixLength: Int(length), isTentative: isTentative,
        scope: AddressScope(rawValue: scope))
    )
  }
}
