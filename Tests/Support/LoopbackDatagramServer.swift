import Glibc

/// A UDP server on loopback, on a port of the kernel's choice, that answers each datagram as its script says.
package final class LoopbackDatagramServer: Sendable {
  package let port: UInt16
  private let descriptor: Int32

  /// - Parameter script: runs on the server's thread; what it returns is sent back, one datagram each.
  package init(script: @escaping @Sendable ([UInt8]) -> [[UInt8]]) throws {
    let (descriptor, port) = try bindToLoopback(kind: SOCK_DGRAM)
    self.port = port
    self.descriptor = descriptor
    startThread {
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        var client = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let answers = withUnsafeMutablePointer(to: &client) { pointer in
          pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Bool in
            let count = recvfrom(descriptor, &buffer, buffer.count, 0, address, &length)
            guard count >= 0, length > 0 else { return false }
            for answer in script(Array(buffer.prefix(count))) {
              sendto(descriptor, answer, answer.count, 0, address, length)
            }
            return true
          }
        }
        guard answers else { return }
      }
    }
  }

  deinit {
    // Wakes the thread, which a mere close does not.
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }
}
