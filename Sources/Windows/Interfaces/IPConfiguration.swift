package import Addressing

/// The adapters of a Windows host with their addresses, as `ipconfig /all` lists them.
package struct IPConfiguration: Sendable, Hashable {
  package var hostname: String?
  package var adapters: [Adapter]
  /// Why there may be more adapters or addresses than these; `nil` where nothing speaks for it.
  package var doubt: String?

  package struct Adapter: Sendable, Hashable {
    /// The heading without its colon: `Ethernet adapter Ethernet`.
    package var title: String
    package var isDisconnected = false
    package var hasGateway = false
    package var addresses: [Address] = []

    /// `LAN`, `Wireless` or `RAS`, as rules of the firewall name it; `nil` for tunnels and the like.
    package var interfaceType: String? {
      if title.hasPrefix("Ethernet adapter ") { return "LAN" }
      if title.hasPrefix("Wireless LAN adapter ") { return "Wireless" }
      return title.hasPrefix("PPP adapter ") ? "RAS" : nil
    }
  }

  package struct Address: Sendable, Hashable {
    package var address: IPAddress
    /// 0–32 for IPv4, from the mask below it; `nil` where none is listed.
    package var prefixLength: Int?
    package var state: State
    /// The line as it stands in the file.
    package var line: String
  }

  package enum State: String, Sendable, Hashable {
    case preferred = "Preferred"
    case deprecated = "Deprecated"
    /// Not yet checked whether another host has it too, so it is not answered on.
    case tentative = "Tentative"
    case duplicate = "Duplicate"
    /// Written without one, as `ipconfig` without `/all` does.
    case unsaid = ""

    package var isUsable: Bool { self != .tentative && self != .duplicate }
  }

  /// The adapter that has the address.
  package func adapter(holding address: IPAddress) -> Adapter? {
    adapters.first { adapter in adapter.addresses.contains { $0.address == address } }
  }

  /// The networks of one family that the adapters are a part of.
  package func subnets(of family: IPAddress.Family) -> AddressSet? {
    guard family == .ipv4, doubt == nil else { return nil }
    let prefixes = adapters.flatMap(\.addresses).filter { $0.address.family == family }
    return prefixes.reduce(AddressSet(family: family, numbers: IntervalSet())) { set, address in
      guard let prefix = AddressPrefix(address.address, length: address.prefixLength ?? 32) else {
        return set
      }
      return set.union(AddressSet(prefix))
    }
  }

  /// The IPv4 addresses that a CLB may use: those with a gateway first, private ones before others.
  package var privateAddresses: [IPAddress] {
    let ordered = adapters.filter(\.hasGateway) + adapters.filter { !$0.hasGateway }
    let usable = ordered.flatMap(\.addresses).map(\.address).filter {
      $0.family == .ipv4 && !$0.isLoopback && !$0.isLinkLocal
    }
    return usable.filter(\.isPrivate) + usable.filter { !$0.isPrivate }
  }
}
