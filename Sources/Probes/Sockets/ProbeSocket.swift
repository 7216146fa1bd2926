internal import Addressing
internal import Glibc

/// A socket of ours that never blocks; the descriptor is closed with the value.
struct ProbeSocket: ~Copyable {
  private let descriptor: Int32

  /// What a socket carries.
  enum Kind {
    /// TCP.
    case stream
    /// UDP.
    case datagram
    /// ICMP echo requests and the replies to them; needs no capability, but a group that may ping.
    case echo
  }

  /// Makes a socket that a program we start does not inherit.
  ///
  /// - Throws: why there is none; EACCES where `net.ipv4.ping_group_range` does not let us ping.
  init(for address: IPAddress, kind: Kind = .stream) throws(ErrorNumber) {
    let type = kind == .stream ? SOCK_STREAM : SOCK_DGRAM
    let flags = Int32(type.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let echo = address.family == .ipv4 ? IPPROTO_ICMP : IPPROTO_ICMPV6
    descriptor = socket(address.socketFamily, flags, kind == .echo ? Int32(echo) : 0)
    guard descriptor >= 0 else { throw .current }
  }

  /// Takes over a TCP socket, which is then closed with the value.
  init(adopting descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Sends the SYN; of a socket without connections, names the one peer that it hears.
  ///
  /// - Throws: why there can be no connection; that it is under way is no error.
  func beginConnecting(to address: IPAddress, port: UInt16) throws(ErrorNumber) {
    let descriptor = descriptor
    let status = address.withSocketAddress(port: port) { Glibc.connect(descriptor, $0, $1) }
    guard status != 0 else { return }
    let error = ErrorNumber.current
    // A signal does not stop it: connect(2) goes on as if EINPROGRESS had been returned.
    guard error.rawValue == EINPROGRESS || error.rawValue == EINTR else { throw error }
  }

  /// Asks how connecting ended, once the socket is writable.
  func finishConnecting() throws(ErrorNumber) {
    var error: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) == 0 else { throw .current }
    guard error == 0 else { throw ErrorNumber(rawValue: error) }
  }

  /// Connects; `false` when the instant came first.
  func connect(to address: IPAddress, port: UInt16, until limit: Instant) throws(ErrorNumber)
    -> Bool
  {
    try beginConnecting(to: address, port: port)
    guard try wait(until: limit, for: .writable) else { return false }
    try finishConnecting()
    guard !isConnectedToItself else { throw .refused }
    return true
  }

  /// Whether both ends of the connection are this socket.
  ///
  /// That happens to a closed port of our own address when the kernel picks that very port as source: the
  /// SYN meets its own sender, and TCP calls it a simultaneous open.
  var isConnectedToItself: Bool {
    let ours = name(getsockname)
    return ours != nil && ours == name(getpeername)
  }

  private func name(
    _ call: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
  ) -> [UInt8]? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let status = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call(descriptor, $0, &length) }
    }
    guard status == 0 else { return nil }
    return withUnsafeBytes(of: storage) { Array($0.prefix(Int(length))) }
  }

  /// What a socket is waited for.
  enum Readiness {
    case readable
    case writable
    case readableOrWritable
  }

  /// Waits until the socket is ready, also with an error; `false` when the instant came first.
  ///
  /// - Throws: why poll(2) cannot wait: ENOMEM.
  func wait(until instant: Instant, for readiness: Readiness) throws(ErrorNumber) -> Bool {
    let events =
      switch readiness {
      case .readable: POLLIN
      case .writable: POLLOUT
      case .readableOrWritable: POLLIN | POLLOUT
      }
    var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    while true {
      let timeout = instant.millisecondsFromNow
      let count = poll(&request, 1, timeout)
      if count > 0 { return true }
      // After EINTR the time that is left is computed anew, so signals cannot stretch it.
      if count == 0 && instant <= .now { return false }
      if count < 0 && !ErrorNumber.current.isTemporary { throw .current }
    }
  }

  /// What became of one read or write.
  enum Transfer<Value> {
    case done(Value)
    /// Nothing now.
    case notReady
    /// The peer has closed its side in good order.
    case ended
    case failed(ErrorNumber)
  }

  /// Writes as much as the kernel takes now, and raises no SIGPIPE; the count of bytes.
  func send(_ bytes: [UInt8]) -> Transfer<Int> {
    let count = bytes.withUnsafeBytes {
      Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if count >= 0 { return .done(count) }
    let error = ErrorNumber.current
    return error.isTemporary ? .notReady : .failed(error)
  }

  /// Reads what is there of a stream, up to 16 KiB.
  func receive() -> Transfer<[UInt8]> {
    let transfer = read(16 * 1024)
    if case .done(let bytes) = transfer, bytes.isEmpty { return .ended }
    return transfer
  }

  /// Takes one datagram, which may be empty.
  func receiveDatagram() -> Transfer<[UInt8]> { read(64 * 1024) }

  private func read(_ limit: Int) -> Transfer<[UInt8]> {
    var failure: ErrorNumber?
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count < 0 { failure = .current }
      initialized = max(count, 0)
    }
    guard let failure else { return .done(bytes) }
    return failure.isTemporary ? .notReady : .failed(failure)
  }

  /// Makes closing send a RST instead of a FIN, as CLB ends a TCP check: SO_LINGER of zero, socket(7).
  func resetWhenClosed() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }
}
