import Addressing
import FoundationEssentials
import PacketFilter

/// A directory of listings, named as the corpus names them.
struct RulesDirectory {
  let listings: FilterListings
  let host: HostView

  /// The host with its default routes by the interface that a probe comes in by.
  ///
  /// The corpus was probed so: the routes are listed once, for its first interface.
  func host(defaultRoutesBy interface: String) -> HostView {
    let routes = host.routes.map { route in
      var moved = route
      if route.destination.length == 0 { moved.device = interface }
      return moved
    }
    return HostView(interfaces: host.interfaces, routes: routes)
  }

  /// Reads the directory; a file that is not there is a listing that the host has not.
  init(_ path: String) {
    func text(_ name: String) -> FilterListings.Text {
      guard let data = FileManager.default.contents(atPath: path + "/" + name) else { return .none }
      return .bytes([UInt8](data))
    }
    func string(_ name: String) -> String {
      FileManager.default.contents(atPath: path + "/" + name).map {
        String(decoding: $0, as: UTF8.self)
      } ?? ""
    }
    var json = text("nft.json")
    if case .bytes(let bytes) = json {
      // nft warns on the same stream in old releases; the listing is the line that begins with a brace.
      if let brace = bytes.firstIndex(of: UInt8(ascii: "{")) {
        json = .bytes(Array(bytes[brace...]))
      }
    }
    listings = FilterListings(
      nftJSON: json, legacySave4: text("iptables-legacy-save.txt"),
      legacySave6: text("ip6tables-legacy-save.txt"), nftSave4: text("iptables-nft-save.txt"),
      nftSave6: text("ip6tables-nft-save.txt"), ipsetSave: text("ipset-save.txt"))
    host = HostView(
      addresses: string("ip-addr.txt"),
      routes: [(string("ip-route.txt"), .ipv4), (string("ip6-route.txt"), .ipv6)])
  }
}
