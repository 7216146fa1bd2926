import Glibc
import Testing

/// A TCP socket on 127.0.0.1.
struct Loopback {
  let descriptor: Int32
  let port: UInt16

  func close() { Glibc.close(descriptor) }

  /// Listens on a port that the kernel picks, and accepts nothing.
  static func listen(backlog: Int32 = 16) throws -> Loopback {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(with(port: 0) { bind(descriptor, $0, $1) } == 0)
    try #require(Glibc.listen(descriptor, backlog) == 0)
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let named = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    try #require(named == 0)
    return Loopback(descriptor: descriptor, port: UInt16(bigEndian: address.sin_port))
  }

  /// A connection that the kernel alone completes.
  static func connect(to port: UInt16) throws -> Loopback {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(with(port: port) { Glibc.connect(descriptor, $0, $1) } == 0)
    return Loopback(descriptor: descriptor, port: port)
  }

  private static func with(
    port: UInt16, _ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        call($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
