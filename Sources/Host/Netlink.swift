/// One question to the kernel over a netlink socket.
package struct NetlinkRequest: Sendable, Hashable {
  /// The netlink family: `NETLINK_SOCK_DIAG` or `NETLINK_ROUTE`.
  package var family: Int32
  /// `nlmsg_type` of the request.
  package var type: UInt16
  /// `nlmsg_flags` besides `NLM_F_REQUEST`.
  package var flags: UInt16
  /// What follows the header.
  package var payload: [UInt8]
  /// The question in words, which is its source in every output.
  package var question: String

  package init(
    family: Int32, type: UInt16, flags: UInt16, payload: [UInt8], question: String
  ) {
    self.family = family
    self.type = type
    self.flags = flags
    self.payload = payload
    self.question = question
  }

  package var source: Source { .netlink(question) }
}

/// One message of a reply, without its header.
package struct NetlinkMessage: Sendable, Hashable, Codable {
  /// `nlmsg_type`.
  package var type: UInt16
  package var payload: [UInt8]

  package init(type: UInt16, payload: [UInt8]) {
    self.type = type
    self.payload = payload
  }
}
