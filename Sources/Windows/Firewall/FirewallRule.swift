package import Addressing

/// One rule of Windows Firewall, as `netsh advfirewall firewall show rule` prints it.
package struct FirewallRule: Sendable, Hashable {
  /// Not unique: any number of rules can have the same one.
  package var name: String
  /// Its unique name in the registry; `nil` where netsh listed it.
  package var identifier: String?
  package var isEnabled = true
  package var direction = Direction.inbound
  package var profiles = Set(FirewallProfile.Kind.allCases)
  package var localAddresses: [AddressTerm] = [.any]
  package var remoteAddresses: [AddressTerm] = [.any]
  package var transport = FirewallProtocol.any
  /// `[.any]` where the protocol has no ports.
  package var localPorts: [PortTerm] = [.any]
  package var remotePorts: [PortTerm] = [.any]
  /// Empty where every message is meant, and for other protocols than ICMP.
  package var messages: [ICMPMessage] = []
  /// A path, or `System`; `nil` for any.
  package var program: String?
  /// A service's short name; `nil` for any.
  package var service: String?
  /// `LAN`, `RAS`, `Wireless`; empty for any.
  package var interfaceTypes: [String] = []
  /// Whether a peer must have proved who it is (IPsec), which a CLB does not.
  package var needsAuthentication = false
  /// Whether a group policy made it, so that this host cannot change it.
  package var isFromGroupPolicy = false
  /// Whether it is for one app package alone, whatever program and port it names.
  package var package = PackageLimit.none
  /// Whether the listing shows program, service and interface types; netsh does with `verbose` alone.
  package var isListedWhole = true
  /// Fields that this program does not know, with their values.
  package var unknownFields: [String] = []
  package var action = Action.allow
  /// The rule's lines as they stand in the file.
  package var text = ""

  package enum Direction: String, Sendable, Hashable {
    case inbound = "In"
    case outbound = "Out"
  }

  package enum Action: String, Sendable, Hashable {
    case allow = "Allow"
    case block = "Block"
    /// Allow what is authenticated, and do not ask rules that block.
    case bypass = "Bypass"
  }

  /// Whether a rule is for one app package alone.
  package enum PackageLimit: Sendable, Hashable {
    case none
    /// netsh does not show packages, and this looks as their rules do.
    case possible
    case certain
  }

  /// A type and a code of ICMP; `nil` for any.
  package struct ICMPMessage: Sendable, Hashable {
    package var type: UInt8?
    package var code: UInt8?

    package init(type: UInt8?, code: UInt8?) {
      self.type = type
      self.code = code
    }
  }

  /// A rule for every inbound packet.
  package init(name: String, action: Action) {
    self.name = name
    self.action = action
  }
}

/// One entry of a rule's addresses.
package enum AddressTerm: Sendable, Hashable {
  case any
  case addresses(AddressSet)
  /// A word that Windows resolves while it runs: `LocalSubnet`, `DNS`, `DefaultGateway`.
  case keyword(String)

  /// Parses one entry: an address, a range, a prefix with its length or its mask, or a word.
  package init?(parsing text: some StringProtocol) {
    if text == "Any" {
      self = .any
    } else if let prefix = AddressTerm.prefix(text) {
      self = .addresses(AddressSet(prefix))
    } else if let range = AddressTerm.range(text) {
      self = .addresses(range)
    } else if !text.isEmpty, text.utf8.allSatisfy({ $0.isLetterOrDigit }),
      text.first?.isLetter == true
    {
      self = .keyword(String(text))
    } else {
      return nil
    }
  }

  private static func prefix(_ text: some StringProtocol) -> AddressPrefix? {
    if let prefix = AddressPrefix(parsing: text) { return prefix }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(parsing: parts[0]),
      case .v4(let mask)? = IPAddress(parsing: parts[1]),
      mask.leadingZeroBitCount == 0 || mask == 0
    else { return nil }
    let length = (~mask).leadingZeroBitCount
    guard mask == (length == 0 ? 0 : UInt32.max << UInt32(32 - length)) else { return nil }
    return AddressPrefix(address, length: length)
  }

  private static func range(_ text: some StringProtocol) -> AddressSet? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let low = IPAddress(parsing: ends[0]),
      let high = IPAddress(parsing: ends[1]), low.family == high.family, low <= high
    else { return nil }
    return AddressSet(family: low.family, numbers: IntervalSet(low.number, high.number))
  }
}

/// One entry of a rule's ports.
package enum PortTerm: Sendable, Hashable {
  case any
  case ports(PortRange)
  /// Ports that Windows itself gives to something: `RPC`, `RPC-EPMap`, `IPHTTPS`, `Teredo`.
  case keyword(String)

  /// Parses one entry: a port, a range or a word.
  package init?(parsing text: some StringProtocol) {
    if text == "Any" {
      self = .any
      return
    }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    if let low = ends.first.flatMap({ UInt16($0) }), let high = ends.last.flatMap({ UInt16($0) }),
      ends.count <= 2, let range = PortRange(low, high)
    {
      self = .ports(range)
    } else if text.first?.isLetter == true,
      text.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == UInt8(ascii: "-") })
    {
      self = .keyword(String(text))
    } else {
      return nil
    }
  }
}

/// A rule's protocol.
package enum FirewallProtocol: Sendable, Hashable {
  case any
  /// By IANA's number.
  case number(UInt8)
  /// A name that this program does not know.
  case unknown(String)

  package static let tcp = FirewallProtocol.number(6)
  package static let udp = FirewallProtocol.number(17)
  package static let icmpv4 = FirewallProtocol.number(1)
  package static let icmpv6 = FirewallProtocol.number(58)

  /// The names that netsh prints for numbers.
  private static let names: [String: UInt8] = [
    "HOPOPT": 0, "ICMPv4": 1, "IGMP": 2, "TCP": 6, "UDP": 17, "IPv6": 41, "IPv6Route": 43,
    "IPv6Frag": 44, "GRE": 47, "ICMPv6": 58, "IPv6NoNxt": 59, "IPv6Opts": 60, "VRRP": 112,
    "PGM": 113, "L2TP": 115,
  ]

  package init(parsing text: some StringProtocol) {
    let text = String(text)
    if text == "Any" {
      self = .any
    } else if let number = UInt8(text) ?? Self.names[text] {
      self = .number(number)
    } else {
      self = .unknown(text)
    }
  }

  var isICMP: Bool { self == .icmpv4 || self == .icmpv6 }
}

extension UInt8 {
  /// Whether it is a letter or a digit of ASCII.
  package var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
