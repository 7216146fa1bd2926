import Addressing
import Host
import Testing

@testable import Collectors

@Suite("The listings of /proc/net")
struct ProcNetSocketsTests {
  @Test(
    "give the listening sockets of a real host",
    arguments: [
      (SocketTable.tcp, ["0.0.0.0:80", "127.0.0.1:9000"]), (.tcp6, [":::8080", ":::8443"]),
      (.udp, ["10.0.0.5:53"]), (.udp6, [":::5353"]),
    ])
  func real(table: SocketTable, expected: [String]) throws {
    let text = try CapturedHost.debian12.text("/proc/net/\(table.rawValue)")
    let found = try ProcNetSockets(parsing: text, table: table, isCut: false)
    #expect(found.sockets.map { "\($0.address):\($0.port)" }.sorted() == expected.sorted())
    #expect(found.isWhole)
    #expect(found.sockets.allSatisfy { $0.inode != 0 && text.contains($0.line) })
  }

  @Test("are not read past the first connection, broken lines there included")
  func stopsEarly() throws {
    var text = try CapturedHost.debian12.text("/proc/net/tcp")
    text += "nonsense\n"
    let found = try ProcNetSockets(parsing: text, table: .tcp, isCut: false)
    #expect(found.sockets.count == 2 && found.isWhole)
  }

  @Test("of an old kernel go on behind the half-open connections among them")
  func halfOpen() throws {
    // Linux 3.10 prints each listening socket with its SYN_RECV requests before the next one.
    let text =
      Self.row("00000000:0050", inode: "11") + Self.line("0500000A:0050", state: "03", inode: "0")
      + Self.line("0500000A:0050", state: "03", inode: "0")
      + Self.line("00000000:01BB", inode: "12") + Self.line("0500000A:0050", state: "01")
      + Self.line("00000000:1F90", inode: "13")
    let found = try ProcNetSockets(parsing: text, table: .tcp, isCut: true)
    #expect(found.sockets.map(\.port) == [80, 443] && found.isWhole)
    let cut = try ProcNetSockets(
      parsing: String(text.prefix(while: { $0 != "B" })), table: .tcp, isCut: true)
    #expect(cut.sockets.map(\.port) == [80] && !cut.isWhole)
  }

  @Test("are not whole while the cut comes before the first connection")
  func cut() throws {
    let text = try CapturedHost.debian12.text("/proc/net/tcp")
    let lines = text.split(separator: "\n")
    let start = lines[0...1].joined(separator: "\n") + "\n" + lines[2].prefix(40)
    let found = try ProcNetSockets(parsing: start, table: .tcp, isCut: true)
    #expect(found.sockets.count == 1 && !found.isWhole)
  }

  @Test(
    "say where they are broken",
    arguments: [
      Malformed("empty", "", found: "", expected: "a header with \"local_address\""),
      Malformed(
        "no header", "0: 1 2\n", found: "0: 1 2", expected: "a header with \"local_address\""),
      Malformed(
        "few columns", "sl local_address\n0: 1 2\n", line: 2, found: "0: 1 2",
        expected: "at least 10 columns"),
      Malformed(
        "an odd address", row("0100007G:0277"), line: 2, found: "0100007G:0277",
        expected: "8 or 32 hex digits, \":\", 4 hex digits"),
      Malformed(
        "a long port", row("0100007F:00277"), line: 2, found: "0100007F:00277",
        expected: "8 or 32 hex digits, \":\", 4 hex digits"),
      Malformed(
        "an odd state", row("0100007F:0277", state: "XX"), line: 2, found: "XX",
        expected: "a state of 2 hex digits"),
      Malformed(
        "one queue", row("0100007F:0277", queues: "00000000"), line: 2, found: "00000000",
        expected: "two queues with a colon between them"),
      Malformed(
        "a negative inode", row("0100007F:0277", inode: "-7"), line: 2, found: "-7",
        expected: "an inode's number"),
    ])
  func malformed(_ c: Malformed) {
    #expect(throws: c.failure) {
      try ProcNetSockets(parsing: c.text, table: .tcp, isCut: false)
    }
  }

  @Test("never trap", arguments: SocketTable.allCases)
  func hostile(table: SocketTable) throws {
    var hostile = HostileText(try CapturedHost.debian12.text("/proc/net/\(table.rawValue)"))
    hostile.feedText { text in
      _ = try ProcNetSockets(parsing: text, table: table, isCut: true)
    }
  }

  private static func row(
    _ local: String, state: String = "0A", queues: String = "00000000:00000000",
    inode: String = "7"
  ) -> String {
    "sl local_address\n" + line(local, state: state, queues: queues, inode: inode)
  }

  private static func line(
    _ local: String, state: String = "0A", queues: String = "00000000:00000000",
    inode: String = "7"
  ) -> String {
    "0: \(local) 00000000:0000 \(state) \(queues) 00:0 0 0 0 \(inode)\n"
  }
}
