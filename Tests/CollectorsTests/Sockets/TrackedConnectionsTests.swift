import Addressing
import Host
import Testing

@testable import Collectors

@Suite("Tracked connections")
struct TrackedConnectionsTests {
  /// As `/proc/net/nf_conntrack` of Linux 6 prints them.
  private static let text = """
    ipv4     2 tcp      6 9 CLOSE src=100.64.3.7 dst=10.0.0.5 sport=40001 dport=80 src=10.0.0.5 \
    dst=100.64.3.7 sport=80 dport=40001 [ASSURED] mark=0 zone=0 use=2
    ipv4     2 tcp      6 431999 ESTABLISHED src=10.0.0.5 dst=100.64.9.9 sport=50000 dport=443 \
    src=100.64.9.9 dst=10.0.0.5 sport=443 dport=50000 [ASSURED] mark=0 zone=0 use=2
    ipv4     2 udp      17 29 src=100.64.3.7 dst=10.0.0.5 sport=53000 dport=53 src=10.0.0.5 \
    dst=100.64.3.7 sport=53 dport=53000 mark=0 zone=0 use=2
    ipv4     2 tcp      6 9 SYN_RECV src=203.0.113.9 dst=10.0.0.5 sport=1 dport=8443 src=10.0.0.5 \
    dst=203.0.113.9 sport=8443 dport=1 mark=0 zone=0 use=2\n
    """

  private func parse(_ text: String, isCut: Bool = false) throws -> [UInt16: Int] {
    let peers = try #require(AddressPrefix(parsing: "100.64.0.0/10"))
    return try TrackedConnections(
      parsing: Array(text.utf8), peers: peers, isCut: isCut
    ).ports
  }

  @Test("are counted by the port that the range came to, and no other")
  func ports() throws {
    #expect(try parse(Self.text) == [80: 1])
    #expect(try parse("") == [:])
  }

  @Test("leave out half a line at a cut")
  func cut() throws {
    #expect(try parse(Self.text + "ipv4 2 tcp 6 9 CLOSE src=100.64.", isCut: true) == [80: 1])
  }

  @Test("say which line is broken")
  func malformed() {
    let failure = ParseFailure(
      line: 1, found: "ipv4 2 tcp 6 9 CLOSE src=100.64.", expected: "src=ADDRESS … dport=PORT")
    #expect(throws: failure) { try parse("ipv4 2 tcp 6 9 CLOSE src=100.64.") }
  }

  @Test("never trap")
  func hostile() {
    var hostile = HostileText(Self.text, seed: 5)
    hostile.feedText { text in _ = try parse(text, isCut: true) }
  }
}
