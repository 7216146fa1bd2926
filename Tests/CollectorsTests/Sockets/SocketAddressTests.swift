import Addressing
import Host
import TestSupport
import Testing

@testable import Collectors

@Suite("A listening socket's address")
struct SocketAddressTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var bound: String
    var local: String
    var isIPv6Only: Bool??
    var fit: ListeningSocket.AddressFit

    var testDescription: String { "\(bound) for \(local)" }

    init(
      _ bound: String, _ local: String, isIPv6Only: Bool?? = .none,
      _ fit: ListeningSocket.AddressFit
    ) {
      self.bound = bound
      self.local = local
      self.isIPv6Only = isIPv6Only
      self.fit = fit
    }
  }

  @Test(
    "takes the packets that the kernel would give it",
    arguments: [
      Row("0.0.0.0", "10.0.0.5", .accepts), Row("0.0.0.0", "fd00::5", .otherAddress),
      Row("10.0.0.5", "10.0.0.5", .accepts), Row("10.0.0.6", "10.0.0.5", .otherAddress),
      Row("::", "fd00::5", .accepts), Row("::", "10.0.0.5", .undecided(.notDiagnosed)),
      Row("::", "10.0.0.5", isIPv6Only: .some(nil), .undecided(.kernelDoesNotSay)),
      Row("::", "10.0.0.5", isIPv6Only: .some(true), .ipv6Only),
      Row("::", "10.0.0.5", isIPv6Only: .some(false), .accepts),
      Row("::ffff:0.0.0.0", "10.0.0.5", .accepts),
      Row("::ffff:0.0.0.0", "fd00::5", .otherAddress),
      Row("::ffff:10.0.0.5", "10.0.0.5", isIPv6Only: .some(false), .accepts),
      Row("::ffff:10.0.0.6", "10.0.0.5", .otherAddress),
    ])
  func fit(_ row: Row) throws {
    let bound = try #require(IPAddress(parsing: row.bound))
    let socket = ListeningSocket(
      table: bound.family == .ipv4 ? .tcp : .tcp6, address: bound, port: 80, inode: 1,
      details: row.isIPv6Only.map {
        SocketDetails(isIPv6Only: $0, deviceIndex: 0, acceptQueueLimit: 1)
      })
    #expect(socket.fit(try #require(IPAddress(parsing: row.local))) == row.fit)
  }

  @Test("of a kernel without the attribute is diagnosed, and still not decided")
  func oldKernel() throws {
    var payload: [UInt8] = [10, 10, 0, 0, 0, 80, 0, 0]
    payload += [UInt8](repeating: 0, count: 72 - payload.count)
    payload[68] = 7
    let inode = UInt64(payload[68...].hostOrder(UInt32.self, at: 0) ?? 0)
    let question = SockDiag.listening(.tcp6)
    let header = "sl local_address\n"
    let any = String(repeating: "0", count: 32)
    let row = "0: \(any):0050 \(any):0000 0A 00000000:00000000 00:0 0 0 0 \(inode)\n"
    let door = FakeDoor(
      files: ["/proc/net/tcp6": header + row],
      replies: [
        question.question: .value(
          [NetlinkMessage(type: 20, payload: payload)], from: question.source)
      ])
    let socket = try #require(ListeningSockets.read(from: door).all.first)
    #expect(socket.details != nil && socket.details?.isIPv6Only == nil)
    #expect(socket.fit(.v4(0x0A00_0005)) == .undecided(.kernelDoesNotSay))
  }
}
