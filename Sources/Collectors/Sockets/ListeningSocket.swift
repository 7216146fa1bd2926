package import Addressing

/// A socket that waits for connections or, for UDP, for datagrams of anyone.
package struct ListeningSocket: Sendable, Hashable {
  package var table: SocketTable
  /// The address it is bound to; unspecified for every address.
  package var address: IPAddress
  package var port: UInt16
  /// Its number in sockfs: what `/proc/PID/fd` links to. Unique on the host, across namespaces.
  package var inode: UInt64
  /// The effective user that made it.
  package var userID: UInt32
  /// Connections not yet accepted, for TCP; bytes not yet read, for UDP.
  ///
  /// Source: `rx_queue` of `/proc/net/tcp`, for a listening socket `sk_ack_backlog`.
  package var receiveQueue: UInt32
  /// The verbatim line of `/proc/net`.
  package var line: String
  /// What `/proc` does not show; `nil` where sock_diag gave no answer for this socket.
  package var details: SocketDetails?

  package init(
    table: SocketTable, address: IPAddress, port: UInt16, inode: UInt64, userID: UInt32 = 0,
    receiveQueue: UInt32 = 0, line: String = "", details: SocketDetails? = nil
  ) {
    self.table = table
    self.address = address
    self.port = port
    self.inode = inode
    self.userID = userID
    self.receiveQueue = receiveQueue
    self.line = line
    self.details = details
  }
}

/// What sock_diag(7) adds to a line of `/proc/net`.
package struct SocketDetails: Sendable, Hashable {
  /// `IPV6_V6ONLY`; `nil` for an IPv4 socket, and on a kernel before 4.2, which does not say.
  package var isIPv6Only: Bool?
  /// The interface index it is bound to (`SO_BINDTODEVICE`); 0 for none.
  package var deviceIndex: UInt32
  /// The most connections that may wait to be accepted: the smaller of listen(2)'s and `somaxconn`.
  package var acceptQueueLimit: UInt32

  package init(isIPv6Only: Bool?, deviceIndex: UInt32, acceptQueueLimit: UInt32) {
    self.isIPv6Only = isIPv6Only
    self.deviceIndex = deviceIndex
    self.acceptQueueLimit = acceptQueueLimit
  }
}

/// One of the kernel's four listings of sockets.
package enum SocketTable: String, Sendable, Hashable, CaseIterable {
  case tcp, tcp6, udp, udp6

  package var isTCP: Bool { self == .tcp || self == .tcp6 }
  package var family: IPAddress.Family { self == .tcp || self == .udp ? .ipv4 : .ipv6 }

  /// The state of a socket that waits: `TCP_LISTEN`, or `TCP_CLOSE`, which UDP shows when unconnected.
  ///
  /// Source: `include/net/tcp_states.h`.
  var waitingState: UInt8 { isTCP ? 10 : 7 }

  /// The state of a connection that has had a SYN alone: `TCP_SYN_RECV`.
  static let halfOpenState: UInt8 = 3
}
