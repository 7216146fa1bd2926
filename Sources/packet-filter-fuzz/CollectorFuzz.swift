import Addressing
@testable import Collectors
import Host
import PacketFilter

/// The parsers of collectors, all of them on the same bytes.
enum CollectorFuzz {
  static func run(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    for table in [SocketTable.tcp, .udp6] {
      for isCut in [false, true] {
        _ = try? ProcNetSockets(parsing: text, table: table, isCut: isCut)
      }
    }
    if let peers = AddressPrefix(parsing: "100.64.0.0/10") {
      _ = try? TrackedConnections(parsing: bytes, peers: peers, isCut: true)
    }
    _ = try? RulesetOutline(parsingSave: bytes)
    _ = try? RulesetOutline(parsingNFT: bytes)
    _ = try? CaptureContents(parsing: bytes)
    netlink(bytes)
  }

  private static func netlink(_ bytes: [UInt8]) {
    _ = try? NetlinkAttributes(parsing: bytes[...])
    _ = try? NetworkInterface(parsingLink: bytes)
    _ = try? NetworkInterface.Address.parse(bytes)
    _ = try? Route(parsing: bytes)
    _ = try? PolicyRule(parsing: bytes)
    _ = try? DiagnosedSocket(parsing: NetlinkMessage(type: 20, payload: bytes))
  }
}
