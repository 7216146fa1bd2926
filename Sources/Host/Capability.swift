/// A capability of capabilities(7) that a reading may need.
package enum Capability: String, Sendable, Hashable, Codable, CaseIterable {
  /// Listing packet-filter rules; sock_diag's details of other users' sockets.
  case netAdmin = "CAP_NET_ADMIN"
  /// The raw socket through which iptables-legacy-save asks the kernel.
  case netRaw = "CAP_NET_RAW"
  /// `/proc/PID/fd`, `exe` and `ns` of other users' processes.
  case sysPtrace = "CAP_SYS_PTRACE"
  /// Files and directories whose mode forbids it.
  case dacReadSearch = "CAP_DAC_READ_SEARCH"
}

extension Capability: CustomStringConvertible {
  package var description: String { rawValue }
}
