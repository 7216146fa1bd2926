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
  /// The kernel's table changed during the dump (`NLM_F_DUMP_INTR`): another try may succeed.
  case interrupted

  func reading(of request: NetlinkRequest) -> Reading<[NetlinkMessage]> {
    switch self {
    case .call(let call, let number):
      .systemFailure(number, call: call, source: request.source, needs: .netAdmin)
    case .answered(let number):
      .systemFailure(number, call: "netlink", source: request.source, needs: .netAdmin)
    case .inconsistent(let what): .failed(request.source, .inconsistent(what))
    case .interrupted:
      .failed(
        request.source,
        .inconsistent("the kernel's table changed during each dump (NLM_F_DUMP_INTR)"))
    }
  }
}

/// A netlink socket that closes with its life.
struct NetlinkSocket: ~Copyable {
  private let descriptor: Int32
  private let sequence: UInt32 = 1

  /// How often a dump that its table changed under is asked for.
  static let mostDumps = 3

  /// Asks over a socket of its own; a dump that was interrupted is asked for again.
  static func ask(_ request: NetlinkRequest) throws(NetlinkError) -> [NetlinkMessage] {
    try repeatingInterrupted { () throws(NetlinkError) in
      try NetlinkSocket(family: request.family).ask(request)
    }
  }

  /// Makes up to three tries, until one is not interrupted.
  static func repeatingInterrupted<Answer>(
    _ attempt: () throws(NetlinkError) -> Answer
  ) throws(NetlinkError) -> Answer {
    for _ in 1..<mostDumps {
      do throws(NetlinkError) {
        return try attempt()
      } catch {
        guard error == .interrupted else { throw error }
      }
    }
    return try attempt()
  }

  private init(family: Int32) throws(NetlinkError) {
    descriptor = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), family)
    guard descriptor >= 0 else { throw .call("socket", errno) }
    // The kernel answers at once; a receive that waits this long has lost its answer.
    var limit = timeval(tv_sec: 5, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  /// Sends the request and reads its answer to the end.
  private func ask(_ request: NetlinkRequest) throws(NetlinkError) -> [NetlinkMessage] {
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
      let room = 1 << 16
      var count = 0
      let datagram = [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
        count = recv(descriptor, buffer.baseAddress, room, Int32(MSG_TRUNC))
        initialized = min(max(count, 0), room)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .call("recv", errno) }
      guard count <= room else { throw .inconsistent("a datagram of \(count) bytes") }
      return datagram
    }
  }
}
