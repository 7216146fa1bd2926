import Addressing
import Host

extension RouteNetlink {
  /// `RTM_GETRULE`: every policy rule of a family.
  static func rules(_ family: IPAddress.Family) -> NetlinkRequest {
    NetlinkRequest(
      family: 0, type: 34, flags: 0x300,
      payload: [family == .ipv4 ? 2 : 10] + [UInt8](repeating: 0, count: 11),
      question: "rtnetlink(7) \(family.rawValue) rules")
  }
}

/// What of a rule of the routing policy tells destinations apart.
struct PolicyRule: Sendable, Hashable {
  /// `nil` for a rule that looks at no destination.
  var destination: AddressPrefix?

  /// Reads the rules of one family; none where the kernel was built without such rules.
  static func readAll(
    _ family: IPAddress.Family, from door: some HostDoor
  ) -> Reading<[PolicyRule]> {
    let reading = door.ask(RouteNetlink.rules(family))
    if case .failed(let source, .system(_, let error)) = reading, error.hasPrefix("EOPNOTSUPP") {
      return .value([], from: source)
    }
    return reading.parsed { messages throws(ParseFailure) in
      var rules: [PolicyRule] = []
      for message in messages where message.type == 32 {  // RTM_NEWRULE
        rules.append(try PolicyRule(parsing: message.payload))
      }
      return rules
    }
  }

  /// `struct fib_rule_hdr` (12 bytes): family, dst_len, src_len, tos, table, 2 reserved, action, flags (4).
  init(parsing bytes: [UInt8]) throws(ParseFailure) {
    guard let length = bytes.hostOrder(UInt8.self, at: 1), bytes.count >= 12 else {
      throw ParseFailure(found: "\(bytes.count) bytes", expected: "12 bytes of struct fib_rule_hdr")
    }
    let attributes = try NetlinkAttributes(parsing: bytes.dropFirst(12))
    guard let base = attributes[1].flatMap({ IPAddress(networkBytes: $0) }) else {  // FRA_DST
      destination = nil
      return
    }
    guard let range = AddressPrefix(base, length: Int(length)) else {
      throw ParseFailure(found: "a length of \(length)", expected: "at most the family's bits")
    }
    destination = range
  }
}
