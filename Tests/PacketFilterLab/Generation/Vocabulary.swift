/// The addresses, ports and interfaces that rules and questions speak of.
///
/// Few of each, so that rules and probes meet.
struct Vocabulary: Sendable {
  var family: Family
  /// Ranges of sources; the probes also come from just outside of them.
  var sources: [String]
  /// Single sources.
  var hosts: [String]
  /// Pairs of first and last address that are no prefix.
  var ranges: [(String, String)]
  /// A mask with holes, and what it must give.
  var holedMasks: [(address: String, mask: String)]
  /// Addresses of the host.
  var locals: [String]
  /// Addresses behind the host.
  var forwarded: [String]
  /// What questions ask for: sources and how often.
  var questions: [(Int, String)]

  /// Ports; on each the host has a listener and an echo.
  static let ports = [22, 53, 80, 443, 1000, 2000, 3000, 5000, 8000, 8080, 8443, 30080]
  static let interfaces = ["eth0", "eth1", "docker0"]

  static func of(_ family: Family) -> Vocabulary { family == .ipv4 ? ipv4 : ipv6 }

  private static let ipv4 = Vocabulary(
    family: .ipv4,
    sources: [
      "100.64.0.0/10", "100.64.0.0/16", "100.64.0.0/11", "100.96.0.0/11", "100.100.0.0/16",
      "100.115.92.0/23", "100.64.1.0/24", "100.127.255.128/25", "203.0.113.0/24", "10.0.0.0/8",
      "10.0.0.0/24", "192.168.0.0/16", "128.0.0.0/1", "96.0.0.0/3",
    ],
    hosts: ["100.64.1.7", "100.64.1.8", "100.100.0.0", "100.127.255.255", "198.51.100.7"],
    ranges: [
      ("100.64.5.5", "100.64.7.200"), ("100.64.0.0", "100.99.255.255"),
      ("100.80.0.1", "100.80.0.2"), ("100.63.255.0", "100.64.0.9"), ("9.0.0.0", "101.0.0.0"),
    ],
    holedMasks: [
      ("100.64.0.7", "255.192.0.255"), ("100.64.0.1", "255.255.0.1"), ("0.0.0.7", "0.0.0.255"),
    ],
    locals: ["10.0.0.5", "10.0.0.6", "10.1.0.1", "172.17.0.1"],
    forwarded: ["172.17.0.2", "10.1.0.9", "198.51.100.7"],
    questions: [
      (8, "100.64.0.0/10"), (3, "0.0.0.0/0"), (1, "203.0.113.0/24"), (1, "10.0.0.0/8"),
      (1, "100.64.1.7/32"), (1, "100.64.0.0/15"),
    ])

  private static let ipv6 = Vocabulary(
    family: .ipv6,
    sources: [
      "fd00:64::/32", "fd00:64::/48", "fd00:64:0:1::/64", "fd00:64:8000::/33", "fd00::/16",
      "2001:db8::/32", "fd00:64::7/128", "2000::/3", "fd00:64::100/120",
    ],
    hosts: ["fd00:64::7", "fd00:64::8", "fd00:64:0:1::1", "2001:db8::1"],
    ranges: [("fd00:64::5", "fd00:64::1:200"), ("fd00:64::", "fd00:64:7fff::")],
    holedMasks: [("fd00:64::7", "ffff:ffff::ff"), ("::1", "::1")],
    locals: ["fd00:5::5", "fd00:1::1"],
    forwarded: ["fd00:1::9", "2001:db8::99"],
    questions: [(6, "fd00:64::/32"), (2, "::/0"), (1, "2001:db8::/32"), (1, "fd00:64::7/128")])
}

extension Vocabulary {
  /// A source as a rule names it: a prefix, a host, or a random prefix inside the probes' range.
  func source(_ dice: inout Dice) -> String {
    switch dice.number(1...10) {
    case ...6: dice.one(of: sources)
    case ...9: dice.one(of: hosts)
    default: randomPrefix(&dice)
    }
  }

  private func randomPrefix(_ dice: inout Dice) -> String {
    let bits = dice.bits()
    switch family {
    case .ipv4:
      let address = 0x6440_0000 | UInt32(truncatingIfNeeded: bits) & 0x003F_FFFF
      let length = dice.number(10...32)
      let base = address & ~(length == 32 ? 0 : UInt32.max >> length)
      return "\(base >> 24).\(base >> 16 & 255).\(base >> 8 & 255).\(base & 255)/\(length)"
    case .ipv6:
      return "fd00:64:\(String(bits & 0xFFFF, radix: 16))::/\(dice.number(33...48))"
    }
  }

  /// A local address more often than one behind the host.
  func destination(_ dice: inout Dice) -> String {
    dice.chance(80) ? dice.one(of: locals) : dice.one(of: forwarded)
  }

  static func port(_ dice: inout Dice) -> Int {
    dice.weighted([(4, 80), (3, 443), (2, 8080), (2, 53), (4, dice.one(of: ports))])
  }

  /// A range of ports, some of which are probed.
  static func portRange(_ dice: inout Dice) -> (Int, Int) {
    dice.one(of: [(1, 1023), (80, 443), (1000, 65535), (2000, 5000), (8000, 8443), (81, 8079)])
  }
}
