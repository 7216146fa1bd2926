package import Glibc
import Synchronization

/// A TCP server on loopback, on a port of the kernel's choice, that does to each connection what its script
/// says: how real servers misbehave, at the level of bytes and segments.
package final class LoopbackServer: Sendable {
  package let port: UInt16
  private let listener: Int32
  private let hasThread: Bool
  private let requests = Mutex<[String]>([])

  /// - Parameter script: runs on the server's thread, one connection after the other.
  package init(
    isIPv6: Bool = false, queue: Int32 = 16,
    script: (@Sendable (borrowing ServerConnection) -> Void)?
  ) throws {
    (listener, port) = try bindToLoopback(isIPv6: isIPv6)
    guard listen(listener, queue) == 0 else { throw SystemCallFailed(call: "listen", error: errno) }
    hasThread = script != nil
    guard let script else { return }
    let listener = listener
    startThread { [weak self] in
      while true {
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else {
          close(listener)
          return
        }
        let connection = ServerConnection(descriptor: descriptor) { request in
          self?.requests.withLock { $0.append(request) }
        }
        script(connection)
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    // A thread that is still within its script would else accept from whoever has the number next.
    if !hasThread { close(listener) }
  }

  /// What came to the server, each as far as its empty line, in order.
  package var receivedRequests: [String] { requests.withLock { $0 } }
}

/// The server's side of one connection.
package struct ServerConnection: ~Copyable {
  private let descriptor: Int32
  private let record: (String) -> Void

  init(descriptor: Int32, record: @escaping (String) -> Void) {
    self.descriptor = descriptor
    self.record = record
  }

  deinit { close(descriptor) }

  /// Reads up to the empty line behind a request's head, or to the end; returns and records it.
  @discardableResult
  package func readRequest() -> String {
    var request = ""
    while !request.utf8.suffix(4).elementsEqual("\r\n\r\n".utf8), let byte = readByte() {
      request.unicodeScalars.append(UnicodeScalar(byte))
    }
    record(request)
    return request
  }

  private func readByte() -> UInt8? {
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, 0) == 1 ? byte : nil
  }

  /// Reads so many bytes of UTF-8, or to the end.
  package func read(_ count: Int) -> String {
    var bytes: [UInt8] = []
    while bytes.count < count, let byte = readByte() { bytes.append(byte) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads so many bytes and drops them.
  package func skip(_ count: Int) {
    for _ in 0..<count where readByte() != nil {}
  }

  /// Reads one whole TLS record, as the ClientHello is, and drops it.
  package func readRecord() {
    let header = (0..<5).compactMap { _ in readByte() }
    guard header.count == 5 else { return }
    skip(Int(header[3]) << 8 | Int(header[4]))
  }

  /// Sends all of it; `false` once the client has gone.
  @discardableResult
  package func send(_ bytes: some Collection<UInt8>) -> Bool {
    var rest = Array(bytes)
    while !rest.isEmpty {
      let count = Glibc.send(descriptor, rest, rest.count, Int32(MSG_NOSIGNAL))
      guard count > 0 else { return false }
      rest.removeFirst(count)
    }
    return true
  }

  @discardableResult
  package func send(_ text: String) -> Bool { send(text.utf8) }

  /// Sends a byte every few milliseconds until the client has gone.
  package func drip(_ text: String, everyMilliseconds milliseconds: UInt32) {
    for byte in text.utf8 {
      guard send([byte]) else { return }
      usleep(milliseconds * 1000)
    }
  }

  /// Waits until the client has closed or reset, and drops what it sends.
  package func waitForClient() {
    while readByte() != nil {}
  }

  /// Sends a FIN and goes on listening.
  package func endOutput() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Reads a request with its body, as its `Content-Length` tells.
  @discardableResult
  package func readRequestWithBody() -> String {
    let request = readRequest()
    let length = request.split(separator: "\r\n").lazy
      .filter { $0.lowercased().hasPrefix("content-length:") }
      .compactMap { Int($0.split(separator: " ").last ?? "") }.first
    skip(length ?? 0)
    return request
  }

  /// Makes the end of the connection a RST.
  package func resetAtEnd() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }
}

package struct SystemCallFailed: Error {
  package var call: String
  package var error: Int32

  package init(call: String, error: Int32) {
    self.call = call
    self.error = error
  }
}

/// Binds a socket to a free port of loopback; as long as one of TCP does not listen, the port is closed.
package func bindToLoopback(
  isIPv6: Bool = false, kind: __socket_type = SOCK_STREAM
) throws -> (descriptor: Int32, port: UInt16) {
  let family = isIPv6 ? AF_INET6 : AF_INET
  let descriptor = socket(family, Int32(kind.rawValue | SOCK_CLOEXEC.rawValue), 0)
  guard descriptor >= 0 else { throw SystemCallFailed(call: "socket", error: errno) }
  var storage = sockaddr_storage()
  var length = socklen_t(
    isIPv6 ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size)
  let status = withUnsafeMutableBytes(of: &storage) { bytes in
    if isIPv6 {
      bytes.storeBytes(
        of: sockaddr_in6(
          sin6_family: sa_family_t(family), sin6_port: 0, sin6_flowinfo: 0,
          sin6_addr: in6addr_loopback, sin6_scope_id: 0), as: sockaddr_in6.self)
    } else {
      bytes.storeBytes(
        of: sockaddr_in(
          sin_family: sa_family_t(family), sin_port: 0,
          sin_addr: in_addr(s_addr: UInt32(0x7F00_0001).bigEndian),
          sin_zero: (0, 0, 0, 0, 0, 0, 0, 0)),
        as: sockaddr_in.self)
    }
    return bytes.withMemoryRebound(to: sockaddr.self) { address in
      let bound = bind(descriptor, address.baseAddress, length)
      return bound == 0 ? getsockname(descriptor, address.baseAddress, &length) : bound
    }
  }
  guard status == 0 else { throw SystemCallFailed(call: "bind", error: errno) }
  // The port stands at the same place in both families.
  let port = withUnsafeBytes(of: storage) {
    UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
  }
  return (descriptor, port)
}

/// Starts a thread that no one joins.
@discardableResult
package func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { argument in
      if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
      return nil
    }, Unmanaged.passRetained(Box(body)).toOpaque())
  precondition(status == 0, "a test needs a thread")
  return thread
}
