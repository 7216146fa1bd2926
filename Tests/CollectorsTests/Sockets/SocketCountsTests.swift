import Addressing
import Host
import TestSupport
import Testing

@testable import Collectors

@Suite("The kernel's counts of sockets")
struct SocketCountsTests {
  private static let sockstat = """
    sockets: used 141
    TCP: inuse 0 orphan 0 tw 0 alloc 9 mem 1
    UDP: inuse 3 mem 2
    UDPLITE: inuse 0
    RAW: inuse 0
    FRAG: inuse 0 memory 0\n
    """
  private static let header = "sl local_address\n"
  private static let row = "0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:0 0 0 0 7\n"

  @Test("tell which tables are empty, and of a table without a count nothing")
  func counts() throws {
    let counts = try SocketCounts(parsing: Self.sockstat)
    #expect(SocketTable.allCases.map(counts.isEmpty) == [true, false, false, false])
    #expect(try SocketCounts(parsing: "TCP6: inuse 0\nUDP6: inuse 1\n").isEmpty(.tcp6))
  }

  @Test("keep the listing of an empty table of another namespace unread")
  func skips() {
    let door = FakeDoor(files: [
      "/proc/9/net/sockstat": Self.sockstat, "/proc/9/net/tcp": Self.header,
      "/proc/9/net/tcp6": Self.header, "/proc/9/net/udp": Self.header,
    ])
    let sockets = ListeningSockets.read(from: door, directory: "/proc/9/net")
    #expect(sockets.tables[.tcp] == .value([], from: .file("/proc/9/net/sockstat")))
    #expect(sockets.tables[.udp] == .value([], from: .file("/proc/9/net/udp")))
    #expect(!door.log.calls.contains("/proc/9/net/tcp"))
    // Without counts everything is read.
    #expect(door.log.calls.contains("/proc/9/net/tcp6"))
  }

  @Test("do not hide a socket that sock_diag names")
  func disagreement() throws {
    var payload = [UInt8](repeating: 0, count: 72)
    payload[0] = 2
    let question = SockDiag.listening(.tcp)
    let door = FakeDoor(
      files: ["/proc/net/sockstat": Self.sockstat, "/proc/net/tcp": Self.header + Self.row],
      replies: [
        question.question: .value(
          [NetlinkMessage(type: 20, payload: payload)], from: question.source)
      ])
    #expect(ListeningSockets.read(from: door).tables[.tcp]?.value?.map(\.inode) == [7])
  }

  @Test("keep probes' connections unasked where nothing listens, or nobody needs them")
  func probeTraffic() throws {
    let empty = ListeningSockets(tables: [
      .tcp: .value([], from: .file("/proc/net/sockstat")),
      .tcp6: .value([], from: .file("/proc/net/sockstat6")),
    ])
    let range = try #require(AddressPrefix(parsing: "100.64.0.0/10"))
    let door = FakeDoor()
    let traffic = ProbeTraffic.read(from: door, peers: range, listening: empty)
    #expect(traffic.value == ProbeTraffic(connections: [:]))
    guard case .failed(_, .notWanted) = ProbeTraffic.read(from: door, peers: [], listening: empty)
    else {
      Issue.record("connections of no range were asked for")
      return
    }
    #expect(door.log.calls.isEmpty)
  }

  @Test("that are broken say where, and never trap")
  func malformed() {
    #expect(
      throws: ParseFailure(line: 1, found: "TCP: inuse many", expected: "inuse and a number")
    ) { try SocketCounts(parsing: "TCP: inuse many\n") }
    var hostile = HostileText(Self.sockstat, seed: 21)
    hostile.feedText { text in _ = try SocketCounts(parsing: text) }
  }
}
