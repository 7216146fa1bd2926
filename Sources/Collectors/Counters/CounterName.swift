/// The name of a counter with its group: `TcpExt.ListenOverflows`; in `snmp6` without:
/// `Ip6InReceives`.
package struct CounterName: RawRepresentable, Sendable, Hashable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }
}

extension CounterName: CustomStringConvertible {
  package var description: String { rawValue }
}

extension CounterName {
  /// Connections that found the accept queue full.
  package static let listenOverflows = CounterName(rawValue: "TcpExt.ListenOverflows")
  /// SYNs and last ACKs dropped at a listening socket for any reason, overflows among them.
  package static let listenDrops = CounterName(rawValue: "TcpExt.ListenDrops")
  /// SYNs dropped because the SYN queue was full and cookies are off. Since 2.6.39.
  package static let synQueueDrops = CounterName(rawValue: "TcpExt.TCPReqQFullDrop")
  /// SYNs answered by a cookie because the SYN queue was full. Since 2.6.39.
  package static let synQueueCookies = CounterName(rawValue: "TcpExt.TCPReqQFullDoCookies")
  package static let syncookiesSent = CounterName(rawValue: "TcpExt.SyncookiesSent")
  package static let syncookiesFailed = CounterName(rawValue: "TcpExt.SyncookiesFailed")
  /// SYNs dropped by `tcp_tw_recycle` for their time stamp. Gone since 4.12.
  package static let timestampRejectedSYNs = CounterName(rawValue: "TcpExt.PAWSPassive")
  /// Connections in time-wait that did not fit the table.
  package static let timeWaitOverflows = CounterName(rawValue: "TcpExt.TCPTimeWaitOverflow")
  /// Packets dropped by the reverse path filter. Since 2.6.39.
  package static let reversePathFilterDrops = CounterName(rawValue: "TcpExt.IPReversePathFilter")
  /// Segments dropped because a socket's backlog was full.
  package static let backlogDrops = CounterName(rawValue: "TcpExt.TCPBacklogDrop")
  /// Packets to no route, those with an impossible source among them.
  package static let inNoRoutes = CounterName(rawValue: "IpExt.InNoRoutes")
  /// Packets to an address that is not this host's, or with an impossible source.
  package static let inAddressErrors = CounterName(rawValue: "Ip.InAddrErrors")
  package static let inDiscards = CounterName(rawValue: "Ip.InDiscards")
  package static let passiveOpens = CounterName(rawValue: "Tcp.PassiveOpens")
  package static let attemptFails = CounterName(rawValue: "Tcp.AttemptFails")
  /// RSTs sent, those of closed ports among them.
  package static let resetsSent = CounterName(rawValue: "Tcp.OutRsts")
  package static let echoRequests = CounterName(rawValue: "Icmp.InEchos")
  package static let echoReplies = CounterName(rawValue: "Icmp.OutEchoReps")
  /// ICMP messages not sent for the host's limit of all of them. Since 6.3.
  package static let icmpLimitedByHost = CounterName(rawValue: "Icmp.OutRateLimitGlobal")
  /// ICMP messages not sent for the limit of one address. Since 6.3.
  package static let icmpLimitedByPeer = CounterName(rawValue: "Icmp.OutRateLimitHost")
  /// Datagrams to a port without a socket.
  package static let udpNoPorts = CounterName(rawValue: "Udp.NoPorts")
  /// Datagrams dropped because a socket's receive buffer was full.
  package static let udpReceiveBufferErrors = CounterName(rawValue: "Udp.RcvbufErrors")
}
