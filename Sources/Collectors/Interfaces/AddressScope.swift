/// From where an address means this host.
///
/// Source: `ifa_scope` of `struct ifaddrmsg`, rtnetlink(7); the numbers are those of `rtm_scope`.
package struct AddressScope: RawRepresentable, Sendable, Hashable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let universe = AddressScope(rawValue: 0)
  package static let site = AddressScope(rawValue: 200)
  /// On one link: another host can have the same address on another.
  package static let link = AddressScope(rawValue: 253)
  /// In the host itself, as 127.0.0.1.
  package static let host = AddressScope(rawValue: 254)
}

extension AddressScope: CustomStringConvertible {
  /// As ip-address(8) prints it, or the number.
  package var description: String {
    switch self {
    case .universe: "global"
    case .site: "site"
    case .link: "link"
    case .host: "host"
    default: "\(rawValue)"
    }
  }
}
