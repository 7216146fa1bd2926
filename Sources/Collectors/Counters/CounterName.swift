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
  /// SYNs dropped because the SYN queue was full and cookies are off. Since 2.6.39.
  package static let synQueueDrops = CounterName(rawValue: "TcpExt.TCPReqQFullDrop")
  /// SYNs answered by a cookie because the SYN queue was full. Since 2.6.39.
  package static let synQueueCookies = CounterName(rawValue: "TcpExt.TCPReqQFullDoCookies")
  /// SYNs dropped by `tcp_tw_recycle` for their time stamp. Gone since 4.12.
  package static let timestampRejectedSYNs = CounterName(rawValue: "TcpExt.PAWSPassive")
  /// Packets dropped by the reverse path filter. Since 2.6.39.
  package static let reversePathFilterDrops = CounterName(rawValue: "TcpExt.IPReversePathFilter")
}
