internal import CLinux
internal import Glibc

/// Why a netlink question has no answer.
enum NetlinkError: Error, Hashable {
  /// A system call of ours failed.
  case call(String, Int32)
  /// The kernel answered with `NLMSG_ERROR` and this error number.
  case answered(Int32)
  /// The kernel's answer cannot be trusted to be whole.
  case inconsistent(String)

  func reading(of request: NetlinkRequest) -> Reading<[NetlinkMessage]> {
    switch self {
    case .call(let call, let number):
      .systemFailure(number, call: call, source: request.source, needs: .netAdmin)
    case .answered(let number):
      .systemFailure(number, call: "netlink", source: request.source, needs: .netAdmin)
    case .inconsistent(let what): .failed(request.source, .inconsistent(what))
    }
  }
}

/// A netlink socket that closes with its life.
struct NetlinkSocket: ~Copyable {
  private let descriptor: Int32
  private let sequence: UInt32 = 1

  init(family: Int32) throws(NetlinkError) {
    descriptor = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), family)
    guard descriptor >= 0 else { throw .call("socket", errno) }
    // The kernel answers at once; a receive that waits this long has lost its answer.
    var limit = timeval(tv_sec: 5, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// Sends the request and reads its answer to the end.
  func ask(_ request: NetlinkRequest) throws(NetlinkError) -> [NetlinkMessage] {
    let message = NetlinkFraming.message(
      type: request.type, flags: request.flags | UInt16(NLM_F_REQUEST), sequence: sequence,
      payload: request.payload)
    let sent = message.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
    guard sent == message.count else { throw .call("send", errno) }
    var reply = NetlinkReply(sequence: sequence, isDump: request.flags & UInt16(NLM_F_DUMP) != 0)
    while !reply.isComplete {
      try reply.take(try receive())
    }
    return reply.messages
  }

  private func receive() throws(NetlinkError) -> [UInt8] {
    while true {
      // 32 KiB is what the kernel fills at most in one datagram of a dump.
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = buffer.withUnsafeMutableBytes {
        recv(descriptor, $0.baseAddress, $0.count, Int32(MSG_TRUNC))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .call("recv", errno) }
      guard count <= buffer.count else { throw .inconsistent("a datagram of \(count) bytes") }
      return Array(buffer[..<count])
    }
  }
}
