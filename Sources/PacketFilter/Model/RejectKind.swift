package import Addressing

/// How a packet is refused.
package enum RejectKind: Sendable, Hashable {
  /// An RST, to TCP only.
  case tcpReset
  /// An ICMP error by type and code of the packet's family.
  case icmp(type: UInt8, code: UInt8, family: IPAddress.Family)

  /// The name that iptables uses: `tcp-reset`, `icmp-port-unreachable`, `icmp6-adm-prohibited`.
  package var name: String {
    switch self {
    case .tcpReset: "tcp-reset"
    case .icmp(let type, let code, let family):
      Self.names.first { $0.family == family && $0.type == type && $0.code == code }?.name
        ?? "\(family == .ipv4 ? "icmp" : "icmp6")-type-\(type)-code-\(code)"
    }
  }

  /// The kind that iptables knows by that name, or by one of its short forms.
  init?(iptablesName name: String, family: IPAddress.Family) {
    if name == "tcp-reset" || name == "tcp-rst" {
      self = .tcpReset
      return
    }
    guard
      let found = Self.names.first(where: {
        $0.family == family && ($0.name == name || $0.short == name)
      })
    else { return nil }
    self = .icmp(type: found.type, code: found.code, family: family)
  }

  /// The kind that nft knows by that code name for a packet of the family; `icmpx` names fit both.
  init?(nftType: String, code: String, family: IPAddress.Family) {
    let known =
      switch nftType {
      case "icmp": family == .ipv4 ? Self.nftCodes4 : []
      case "icmpv6": family == .ipv6 ? Self.nftCodes6 : []
      default: family == .ipv4 ? Self.nftCodesBoth4 : Self.nftCodesBoth6
      }
    guard let found = known.first(where: { $0.name == code || String($0.number) == code }) else {
      return nil
    }
    self = .icmp(type: family == .ipv4 ? 3 : 1, code: found.code, family: family)
  }

  /// The kind that both tools take when none is named.
  static func standard(for family: IPAddress.Family) -> RejectKind {
    family == .ipv4
      ? .icmp(type: 3, code: 3, family: .ipv4) : .icmp(type: 1, code: 4, family: .ipv6)
  }

  private struct Name {
    var family: IPAddress.Family
    var type: UInt8
    var code: UInt8
    var name: String
    var short: String

    init(_ family: IPAddress.Family, _ code: UInt8, _ name: String, _ short: String) {
      (self.family, self.code, self.name, self.short) = (family, code, name, short)
      type = family == .ipv4 ? 3 : 1
    }
  }

  // The names of libipt_REJECT and libip6t_REJECT.
  private static let names: [Name] = [
    Name(.ipv4, 0, "icmp-net-unreachable", "net-unreach"),
    Name(.ipv4, 1, "icmp-host-unreachable", "host-unreach"),
    Name(.ipv4, 2, "icmp-proto-unreachable", "proto-unreach"),
    Name(.ipv4, 3, "icmp-port-unreachable", "port-unreach"),
    Name(.ipv4, 9, "icmp-net-prohibited", "net-prohib"),
    Name(.ipv4, 10, "icmp-host-prohibited", "host-prohib"),
    Name(.ipv4, 13, "icmp-admin-prohibited", "admin-prohib"),
    Name(.ipv6, 0, "icmp6-no-route", "no-route"),
    Name(.ipv6, 1, "icmp6-adm-prohibited", "adm-prohibited"),
    Name(.ipv6, 3, "icmp6-addr-unreachable", "addr-unreach"),
    Name(.ipv6, 4, "icmp6-port-unreachable", "port-unreach"),
    Name(.ipv6, 5, "icmp6-policy-fail", "policy-fail"),
    Name(.ipv6, 6, "icmp6-reject-route", "reject-route"),
  ]

  private typealias Code = (name: String, number: UInt8, code: UInt8)

  private static let nftCodes4: [Code] = [
    ("net-unreachable", 0, 0), ("host-unreachable", 1, 1), ("prot-unreachable", 2, 2),
    ("port-unreachable", 3, 3), ("frag-needed", 4, 4), ("net-prohibited", 9, 9),
    ("host-prohibited", 10, 10), ("admin-prohibited", 13, 13),
  ]
  private static let nftCodes6: [Code] = [
    ("no-route", 0, 0), ("admin-prohibited", 1, 1), ("addr-unreachable", 3, 3),
    ("port-unreachable", 4, 4), ("policy-fail", 5, 5), ("reject-route", 6, 6),
  ]
  // The numbers are NFT_REJECT_ICMPX_*; the kernel translates them for each family.
  private static let nftCodesBoth4: [Code] = [
    ("no-route", 0, 0), ("port-unreachable", 1, 3), ("host-unreachable", 2, 1),
    ("admin-prohibited", 3, 13),
  ]
  private static let nftCodesBoth6: [Code] = [
    ("no-route", 0, 0), ("port-unreachable", 1, 4), ("host-unreachable", 2, 3),
    ("admin-prohibited", 3, 1),
  ]
}
