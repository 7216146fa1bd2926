internal import CLinux

/// The header that every netlink message has, `struct nlmsghdr`: 16 bytes, host order.
enum NetlinkFraming {
  static let headerLength = 16

  /// One message with its header. Messages are padded to 4 bytes in a stream, but never at its end.
  static func message(
    type: UInt16, flags: UInt16, sequence: UInt32, payload: [UInt8]
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(hostOrder: UInt32(headerLength + payload.count))
    bytes.append(hostOrder: type)
    bytes.append(hostOrder: flags)
    bytes.append(hostOrder: sequence)
    bytes.append(hostOrder: UInt32(0))
    return bytes + payload
  }
}

/// The answer to one request as its datagrams come in.
struct NetlinkReply {
  private let sequence: UInt32
  private let isDump: Bool
  private(set) var messages: [NetlinkMessage] = []
  private(set) var isComplete = false

  init(sequence: UInt32, isDump: Bool) {
    self.sequence = sequence
    self.isDump = isDump
  }

  /// Takes the messages of one datagram.
  ///
  /// - Throws: the kernel's own error, or what makes the answer unfit; messages so far are kept.
  mutating func take(_ datagram: [UInt8]) throws(NetlinkError) {
    var rest = datagram[...]
    guard !rest.isEmpty else { throw .inconsistent("an empty datagram") }
    while !rest.isEmpty, !isComplete {
      guard let length = rest.hostOrder(UInt32.self, at: 0),
        let type = rest.hostOrder(UInt16.self, at: 4),
        let flags = rest.hostOrder(UInt16.self, at: 6),
        let number = rest.hostOrder(UInt32.self, at: 8),
        length >= NetlinkFraming.headerLength, Int(length) <= rest.count
      else { throw .inconsistent("a message whose length does not fit its datagram") }
      let payload = rest.dropFirst(NetlinkFraming.headerLength)
        .prefix(Int(length) - NetlinkFraming.headerLength)
      if number == sequence { try take(type: type, flags: flags, payload: payload) }
      // The last message may lack padding; the kernel sends it so.
      rest = rest.dropFirst((Int(length) + 3) & ~3)
    }
  }

  private mutating func take(
    type: UInt16, flags: UInt16, payload: ArraySlice<UInt8>
  ) throws(NetlinkError) {
    if flags & UInt16(NLM_F_DUMP_INTR) != 0 {
      throw .interrupted
    }
    switch Int32(type) {
    case NLMSG_DONE: isComplete = true
    case NLMSG_ERROR:
      guard let number = payload.hostOrder(Int32.self, at: 0) else {
        throw .inconsistent("an error message without a number")
      }
      guard number == 0 else { throw .answered(number == .min ? .max : abs(number)) }
      isComplete = true
    case NLMSG_OVERRUN: throw .inconsistent("the kernel lost messages (NLMSG_OVERRUN)")
    case NLMSG_NOOP: break
    default:
      messages.append(NetlinkMessage(type: type, payload: Array(payload)))
      if !isDump { isComplete = true }
    }
  }
}
