import Addressing
package import Host
package import PacketFilter

/// Listings of a host's rules, addresses and routes as files of one directory.
///
/// The names are those of the commands that print them: `nft.json`, `iptables-legacy-save.txt`,
/// `iptables-nft-save.txt`, `ip6tables-…-save.txt`, `ipset-save.txt`, `ip-addr.txt`, `ip-route.txt` and
/// `ip6-route.txt`. A file that is not there is a listing of nothing.
package struct RulesDirectory: Sendable {
  package let listings: FilterListings
  package let host: HostView
  /// Names of the files that were read.
  package let files: [String]

  /// Reads the directory behind a door whose root it is.
  package init(_ door: some HostDoor) {
    var files: [String] = []
    func read(_ name: String) -> FilterListings.Text {
      let reading = door.readFile("/\(name)", limit: .whole(atMost: 1 << 30))
      if case .absent = reading { return .none }
      files.append(name)
      return reading.value.map { .bytes($0) } ?? .missing(reading.reasonMissing ?? "")
    }
    func text(_ name: String) -> String {
      guard case .bytes(let bytes) = read(name) else { return "" }
      return String(decoding: bytes, as: UTF8.self)
    }
    listings = FilterListings(
      nftJSON: read("nft.json").fromBrace, legacySave4: read("iptables-legacy-save.txt"),
      legacySave6: read("ip6tables-legacy-save.txt"), nftSave4: read("iptables-nft-save.txt"),
      nftSave6: read("ip6tables-nft-save.txt"), ipsetSave: read("ipset-save.txt"))
    host = HostView(
      addresses: text("ip-addr.txt"),
      routes: [(text("ip-route.txt"), .ipv4), (text("ip6-route.txt"), .ipv6)])
    self.files = files
  }
}

extension FilterListings.Text {
  /// Old releases of nft print a warning before the listing.
  fileprivate var fromBrace: FilterListings.Text {
    guard case .bytes(let bytes) = self, let brace = bytes.firstIndex(of: UInt8(ascii: "{")) else {
      return self
    }
    return .bytes(Array(bytes[brace...]))
  }
}
