internal import Addressing

/// An ICMP echo request as a socket that needs no privilege takes it.
///
/// The kernel writes the checksum and, in place of the identifier, the socket's own number, by which it
/// also finds the socket that a reply is for.
///
/// Source: icmp(7), `net.ipv4.ping_group_range`; RFC 792 and RFC 4443, section 4.
struct EchoRequest: Hashable {
  let bytes: [UInt8]
  private let replyType: UInt8

  private static let sequence: [UInt8] = [0, 1]

  init(to family: IPAddress.Family) {
    let type: UInt8
    switch family {
    case .ipv4: (type, replyType) = (8, 0)
    case .ipv6: (type, replyType) = (128, 129)
    }
    bytes = [type, 0, 0, 0, 0, 0] + EchoRequest.sequence + Array("HEALTH CHECK".utf8)
  }

  /// Whether this is the reply: its type, its sequence number, and the text that it must bring back.
  func isAnswered(by reply: [UInt8]) -> Bool {
    reply.first == replyType && reply.dropFirst(6).elementsEqual(bytes.dropFirst(6))
  }
}
