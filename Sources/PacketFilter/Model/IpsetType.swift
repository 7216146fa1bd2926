import Addressing

/// The type of an ipset: how it keeps elements, and of which parts.
struct IpsetType: Sendable, Hashable {
  /// One part of an element.
  enum Part: String, Sendable, Hashable {
    case ip, net, port, mac, iface, mark
    case set
  }

  var parts: [Part]
  /// The family of its addresses.
  var family: IPAddress.Family
  /// The bits of an address that the set compares; others are cleared first.
  var addressMask: UInt128?

  /// Parses `hash:ip,port`, `bitmap:port`, `list:set`; `nil` for a part that is not known.
  init?(_ text: String, family: IPAddress.Family) {
    let halves = text.split(separator: ":", maxSplits: 1)
    guard halves.count == 2 else { return nil }
    var parts: [Part] = []
    for word in halves[1].split(separator: ",") {
      guard let part = Part(rawValue: String(word)) else { return nil }
      parts.append(part)
    }
    guard !parts.isEmpty else { return nil }
    self.parts = parts
    self.family = family
  }
}
