import Addressing

/// Which rule of nf_tables ended each packet, as `nft --handle monitor trace` tells it.
struct PacketTrace: Sendable {
  /// A rule or policy that dropped a packet; a rejection drops too.
  struct Drop: Sendable, Hashable {
    var family: String
    var table: String
    var chain: String
    /// `nil` where the chain's policy dropped the packet.
    var handle: Int?
  }

  /// A packet of a prober: its source, and the source port or the echo's identifier.
  struct Packet: Sendable, Hashable {
    var source: IPAddress
    var port: Int
  }

  private(set) var drops: [Packet: Drop] = [:]

  /// Reads every line of the form `trace id ID FAMILY TABLE CHAIN …`; others are skipped.
  init(parsing text: String) {
    var packets: [Substring: Packet] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 6, words[0] == "trace", words[1] == "id" else { continue }
      if words[6] == "packet:" {
        // The first telling: translation of addresses comes after it.
        if packets[words[2]] == nil { packets[words[2]] = Packet(parsing: words) }
      } else if let packet = packets[words[2]], let drop = Drop(parsing: words) {
        drops[packet] = drop
      }
    }
  }
}

extension PacketTrace.Packet {
  fileprivate init?(parsing words: [Substring]) {
    func value(_ header: Set<Substring>, _ field: Substring) -> Substring? {
      words.indices.first { $0 > 0 && words[$0] == field && header.contains(words[$0 - 1]) }
        .flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    }
    let port = value(["tcp", "udp"], "sport") ?? value(["icmp", "icmpv6"], "id")
    guard let source = value(["ip", "ip6"], "saddr").flatMap({ IPAddress(parsing: $0) }),
      let port = port.flatMap({ Int($0) })
    else { return nil }
    self.init(source: source, port: port)
  }
}

extension PacketTrace.Drop {
  fileprivate init?(parsing words: [Substring]) {
    family = String(words[3])
    table = String(words[4])
    chain = String(words[5])
    switch words[6] {
    case "policy":
      guard words.last == "drop" else { return nil }
    case "rule":
      guard words.suffix(2).elementsEqual(["(verdict", "drop)"]),
        let mark = words.lastIndex(of: "handle"), let number = Int(words[mark + 1])
      else { return nil }
      handle = number
    default: return nil
    }
  }
}
