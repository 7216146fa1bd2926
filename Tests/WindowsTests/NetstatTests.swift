import Addressing
import Host
import Testing
import Windows

@Suite("netstat -ano")
struct NetstatTests {
  @Test("is read whole: sockets, peers, states and processes")
  func whole() throws {
    let listing = try NetstatListing(parsing: Sample.text("healthy", .sockets))
    let web = try #require(listing.waiting(.tcp).first)
    #expect(web.local.description == "0.0.0.0:80" && web.processID == 4 && web.state == .listening)
    #expect(listing.waiting(.tcp).count == 13 && listing.waiting(.udp).count == 8)
    #expect(listing.doubt(.tcp) == nil && listing.doubt(.udp) == nil)
    let six = try #require(listing.rows.first { $0.local.address.family == .ipv6 })
    #expect(six.local.description == "[::]:80")
  }

  @Test("tells the connections from the probes' sources to waiting ports")
  func connections() throws {
    let listing = try NetstatListing(parsing: Sample.text("healthy", .sockets))
    let sources = [AddressPrefix(parsing: "100.64.0.0/10")].compactMap(\.self)
    let found = listing.connections(from: sources)
    #expect(found.map { $0.foreign?.description } == ["100.64.3.7:51544", "100.71.12.40:40012"])
  }

  @Test("is read behind headings of any language, for its rows are the same")
  func chinese() throws {
    let listing = try NetstatListing(parsing: Sample.text("unreadable", .sockets))
    #expect(listing.waiting(.tcp).contains { $0.local.port == 80 })
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let row: String
    let expected: String
  }

  @Test(
    "refuses rows that it does not know",
    arguments: [
      Row(
        testDescription: "a German state", row: "  TCP    0.0.0.0:80  0.0.0.0:0  ABHÖREN  4",
        expected: "five columns with a state as LISTENING"),
      Row(
        testDescription: "a French state of two words",
        row: "  TCP    0.0.0.0:80  0.0.0.0:0  EN ECOUTE  4",
        expected: "five columns with a state as LISTENING"),
      Row(
        testDescription: "names instead of numbers", row: "  TCP    web:http  web:0  LISTENING  4",
        expected: "with addresses and ports as numbers"),
      Row(
        testDescription: "no process", row: "  TCP    0.0.0.0:80  0.0.0.0:0  LISTENING",
        expected: "five columns with a state as LISTENING"),
      Row(
        testDescription: "a process that is none", row: "  UDP    0.0.0.0:53  *:*  dns",
        expected: "protocol, two addresses, state, process"),
      Row(
        testDescription: "another line among rows", row: " [nginx.exe]",
        expected: "beginning with TCP or UDP"),
    ])
  func unknown(_ row: Row) throws {
    let text = "  TCP    0.0.0.0:135  0.0.0.0:0  LISTENING  892\n\(row.row)\n"
    let failure = #expect(throws: ParseFailure.self) {
      try NetstatListing(parsing: Sample.text(text))
    }
    #expect(failure?.line == 2)
    #expect(failure?.expected.contains(row.expected) == true)
  }

  @Test("leaves a zone out of an address, and takes no address for IPv4 that is in brackets")
  func endpoints() throws {
    let listing = try NetstatListing(
      parsing: Sample.text("  TCP    [fe80::1%4]:80  [::]:0  LISTENING  4\n"))
    #expect(listing.rows.first?.local.description == "[fe80::1]:80")
    #expect(throws: ParseFailure.self) {
      try NetstatListing(parsing: Sample.text("  TCP    [10.0.8.5]:80  [::]:0  LISTENING  4\n"))
    }
  }
}
