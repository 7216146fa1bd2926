package import Addressing
package import Host

/// A question to sock_diag(7), and its answers.
package enum SockDiag {
  /// `NETLINK_SOCK_DIAG`.
  private static let family: Int32 = 4
  /// `SOCK_DIAG_BY_FAMILY`, the type of request and answer.
  private static let byFamily: UInt16 = 20
  /// `NLM_F_ROOT | NLM_F_MATCH`.
  private static let dump: UInt16 = 0x300
  private static let addressFamilies: [SocketTable: UInt8] = [
    .tcp: 2, .udp: 2, .tcp6: 10, .udp6: 10,
  ]

  /// Asks for the sockets of one table in these states (a bit for each number), all or those whose
  /// peer is in one of the prefixes.
  ///
  /// The kernel filters, so 100,000 connections of no interest cost no copies.
  package static func request(
    _ table: SocketTable, states: UInt32, peers: AddressPrefix? = nil, question: String
  ) -> NetlinkRequest {
    var payload: [UInt8] = []
    payload.append(addressFamilies[table] ?? 0)
    payload.append(table.isTCP ? 6 : 17)  // IPPROTO_TCP, IPPROTO_UDP
    payload.append(contentsOf: [0, 0])  // no extensions; padding
    payload.append(hostOrder: states)
    // struct inet_diag_sockid, 48 bytes: a dump does not look at it.
    payload.append(contentsOf: [UInt8](repeating: 0, count: 48))
    if let peers { payload.append(contentsOf: peerFilter(peers)) }
    return NetlinkRequest(
      family: family, type: byFamily, flags: dump, payload: payload, question: question)
  }

  /// Asks for everything that waits in one table.
  package static func listening(_ table: SocketTable) -> NetlinkRequest {
    request(
      table, states: 1 << UInt32(table.waitingState),
      question: "sock_diag(7) of listening \(table.rawValue) sockets")
  }

  /// `INET_DIAG_REQ_BYTECODE` of one `INET_DIAG_BC_D_COND`: the peer's address begins with the prefix.
  ///
  /// Source: `inet_diag_bc_run` in net/ipv4/inet_diag.c. A jump of `no` past the end rejects.
  private static func peerFilter(_ prefix: AddressPrefix) -> [UInt8] {
    let address = prefix.base.networkBytes
    // struct inet_diag_bc_op (4) and struct inet_diag_hostcond (8) before the address.
    let length = 4 + 8 + address.count
    var code: [UInt8] = [8, UInt8(length)]  // INET_DIAG_BC_D_COND; where to go on when it holds
    code.append(hostOrder: UInt16(length + 4))
    code.append(prefix.base.family == .ipv4 ? 2 : 10)
    code.append(UInt8(prefix.length))
    code.append(contentsOf: [0, 0])
    code.append(hostOrder: Int32(-1))  // any port
    code.append(contentsOf: address)
    var attribute: [UInt8] = []
    attribute.append(hostOrder: UInt16(4 + code.count))
    attribute.append(hostOrder: UInt16(1))  // INET_DIAG_REQ_BYTECODE
    return attribute + code
  }
}

/// One socket as sock_diag(7) tells it: `struct inet_diag_msg` and its attributes.
package struct DiagnosedSocket: Sendable, Hashable {
  package var state: UInt8
  package var local: IPAddress
  package var localPort: UInt16
  package var peer: IPAddress
  package var peerPort: UInt16
  package var deviceIndex: UInt32
  /// For a listening socket the connections not yet accepted.
  package var receiveQueue: UInt32
  /// For a listening socket the most that may wait.
  package var sendQueue: UInt32
  package var userID: UInt32
  package var inode: UInt64
  package var isIPv6Only: Bool?

  /// Decodes one answer.
  ///
  /// - Throws: for a message shorter than its structure, or of no known address family.
  package init(parsing message: NetlinkMessage) throws(ParseFailure) {
    let bytes = message.payload
    guard let family = bytes.first, let state = bytes.hostOrder(UInt8.self, at: 1),
      let localPort = bytes.networkOrder(UInt16.self, at: 4),
      let peerPort = bytes.networkOrder(UInt16.self, at: 6),
      let device = bytes.hostOrder(UInt32.self, at: 40),
      let receiveQueue = bytes.hostOrder(UInt32.self, at: 56),
      let sendQueue = bytes.hostOrder(UInt32.self, at: 60),
      let user = bytes.hostOrder(UInt32.self, at: 64),
      let inode = bytes.hostOrder(UInt32.self, at: 68)
    else {
      throw ParseFailure(
        found: "\(bytes.count) bytes", expected: "72 bytes of struct inet_diag_msg")
    }
    let length = family == 2 ? 4 : 16
    guard family == 2 || family == 10,
      let local = IPAddress(networkBytes: bytes[8..<8 + length]),
      let peer = IPAddress(networkBytes: bytes[24..<24 + length])
    else { throw ParseFailure(found: "family \(family)", expected: "AF_INET or AF_INET6") }
    self.state = state
    self.local = local
    self.localPort = localPort
    self.peer = peer
    self.peerPort = peerPort
    deviceIndex = device
    self.receiveQueue = receiveQueue
    self.sendQueue = sendQueue
    userID = user
    self.inode = UInt64(inode)
    let only = try NetlinkAttributes(parsing: bytes.dropFirst(72))[11]  // INET_DIAG_SKV6ONLY
    isIPv6Only = only?.first.map { $0 != 0 }
  }
}
