package import Host

/// The name of a kernel parameter, as sysctl(8) takes it: `net.ipv4.tcp_timestamps`.
///
/// A dot inside an interface's name is written as a slash there:
/// `net.ipv4.conf.eth0/100.rp_filter`.
package struct KernelParameter: RawRepresentable, Sendable, Hashable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  /// The file of the parameter under `/proc/sys`.
  package var path: String {
    "/proc/sys/" + String(rawValue.map { $0 == "." ? "/" : $0 == "/" ? "." : $0 })
  }

  package var source: Source { .file(path) }
}

extension KernelParameter: CustomStringConvertible {
  package var description: String { rawValue }
}

extension KernelParameter {
  /// 1: a SYN that is older than the peer address's last time stamp is dropped. Gone since 4.12.
  package static let tcpTimeWaitRecycle = KernelParameter(rawValue: "net.ipv4.tcp_tw_recycle")
  /// 0: off, 1: on with a random offset, 2: on without (since 4.10).
  package static let tcpTimestamps = KernelParameter(rawValue: "net.ipv4.tcp_timestamps")
  /// Connections that may be half open, where no cookies are sent.
  package static let tcpMaxSynBacklog = KernelParameter(rawValue: "net.ipv4.tcp_max_syn_backlog")
  /// 1: a connection that finds the accept queue full is reset; 0: its last ACK is dropped.
  package static let tcpAbortOnOverflow = KernelParameter(
    rawValue: "net.ipv4.tcp_abort_on_overflow")
  /// 0: never, 1: when the SYN queue is full, 2: always.
  package static let tcpSyncookies = KernelParameter(rawValue: "net.ipv4.tcp_syncookies")
  /// 1: no ping is answered.
  package static let icmpEchoIgnoreAll = KernelParameter(rawValue: "net.ipv4.icmp_echo_ignore_all")
  /// The same for ping by IPv6. Since 4.20; before, every ping is answered.
  package static let icmp6EchoIgnoreAll = KernelParameter(
    rawValue: "net.ipv6.icmp.echo_ignore_all")
  /// Milliseconds between two messages of the masked types to one address.
  package static let icmpRateLimit = KernelParameter(rawValue: "net.ipv4.icmp_ratelimit")
  /// One bit for each ICMP type that the limit holds for; bit 0 is the echo reply.
  package static let icmpRateMask = KernelParameter(rawValue: "net.ipv4.icmp_ratemask")
  package static let ipForward = KernelParameter(rawValue: "net.ipv4.ip_forward")
  /// The most that listen(2) may ask for.
  package static let somaxconn = KernelParameter(rawValue: "net.core.somaxconn")
  package static let conntrackMax = KernelParameter(rawValue: "net.netfilter.nf_conntrack_max")
  package static let conntrackCount = KernelParameter(rawValue: "net.netfilter.nf_conntrack_count")

  /// All that are read and belong to no interface.
  package static let hostWide: [KernelParameter] = [
    .tcpTimeWaitRecycle, .tcpTimestamps, .tcpMaxSynBacklog, .tcpAbortOnOverflow, .tcpSyncookies,
    .icmpEchoIgnoreAll, .icmp6EchoIgnoreAll, .icmpRateLimit, .icmpRateMask, .ipForward, .somaxconn,
    .conntrackMax,
    .conntrackCount,
  ]

  /// A parameter that every interface has: `net.ipv4.conf.eth0.rp_filter`.
  ///
  /// `all` and `default` are names of interfaces here, as they are for the kernel.
  package static func ofInterface(
    _ setting: InterfaceSetting, _ interface: String
  ) -> KernelParameter {
    let escaped = String(interface.map { $0 == "." ? "/" : $0 })
    return KernelParameter(rawValue: "net.ipv4.conf.\(escaped).\(setting.rawValue)")
  }
}
