import Addressing
import Host

/// A listening socket of a fake host, as `/proc/net` and sock_diag(7) would tell it.
struct FakeSocket {
  var address: String
  var port: UInt16
  var inode: UInt32
  var owner = 812
  var waiting: UInt32 = 0
  var limit: UInt32 = 511
  var isIPv6Only = false
  /// Whether the kernel has `INET_DIAG_SKV6ONLY`: since 4.10.
  var saysIPv6Only = true
  var device: UInt32 = 0
  /// Whether sock_diag(7) names it: not in another namespace, nor where it is refused.
  var isDiagnosed = true

  init(_ address: String, _ port: UInt16, inode: UInt32 = 4711) {
    self.address = address
    self.port = port
    self.inode = inode
  }

  private var bytes: [UInt8] { IPAddress(parsing: address)?.networkBytes ?? [] }

  var isIPv6: Bool { bytes.count == 16 }

  /// A line as the kernel prints it: words of the address in host order.
  var line: String {
    let words = stride(from: 0, to: bytes.count, by: 4).map { start in
      hexadecimal(bytes.hostOrder(UInt32.self, at: start) ?? 0, 8)
    }
    let zero = String(repeating: "0", count: bytes.count * 2)
    return "   0: \(words.joined()):\(hexadecimal(UInt32(port), 4)) \(zero):0000 0A "
      + "00000000:\(hexadecimal(waiting, 8)) 00:00000000 00000000     0        0 \(inode) 1 "
      + "0000000000000000 100 0 0 10 0"
  }

  /// `struct inet_diag_msg` with `INET_DIAG_SKV6ONLY` for an IPv6 socket.
  var diagnosis: NetlinkMessage {
    var message: [UInt8] = [isIPv6 ? 10 : 2, 10, 0, 0]
    message.append(networkOrder: port)
    message.append(networkOrder: UInt16(0))
    message += bytes + [UInt8](repeating: 0, count: 32 - bytes.count)
    message.append(hostOrder: device)
    message += [UInt8](repeating: 0, count: 12)
    for number in [waiting, limit, 0, inode] { message.append(hostOrder: number) }
    if isIPv6, saysIPv6Only {
      message.append(hostOrder: UInt16(5))
      message.append(hostOrder: UInt16(11))
      message += [isIPv6Only ? 1 : 0, 0, 0, 0]
    }
    return NetlinkMessage(type: 20, payload: message)
  }

  private func hexadecimal(_ number: UInt32, _ digits: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
