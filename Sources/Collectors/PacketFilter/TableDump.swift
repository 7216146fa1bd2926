package import Host

/// The kernel's own answer to which nf_tables tables there are, for hosts without the tool `nft`.
package enum TableDump {
  /// `NETLINK_NETFILTER` of linux/netlink.h.
  private static let netfilterFamily: Int32 = 12
  /// `NFNL_SUBSYS_NFTABLES` of linux/netfilter/nfnetlink.h, the upper byte of a message's type.
  private static let nftablesSubsystem: UInt16 = 10
  /// `NFT_MSG_GETTABLE` of linux/netfilter/nf_tables.h.
  private static let getTable: UInt16 = 1
  /// `NLM_F_DUMP` of linux/netlink.h: all of them.
  private static let dump: UInt16 = 0x300

  /// Asks for the tables of all families. Needs `CAP_NET_ADMIN`.
  package static let request = NetlinkRequest(
    family: netfilterFamily, type: nftablesSubsystem << 8 | getTable, flags: dump,
    // struct nfgenmsg: AF_UNSPEC, NFNETLINK_V0, no resource.
    payload: [0, 0, 0, 0], question: "nf_tables tables of all families")

  /// What shows that there is no table; `nil` where there is one or the kernel did not say.
  static func evidenceOfNone(from door: some HostDoor) -> Source? {
    guard case .value(let tables, let source) = door.ask(request), tables.isEmpty else {
      return nil
    }
    return source
  }
}
