import Collectors
import Host
import PacketFilter
import Testing

@Suite("Outline of a saved ruleset")
struct RulesetOutlineSaveTests {
  static func outline(_ text: String) throws -> RulesetOutline {
    try RulesetOutline(parsingSave: Array(text.utf8))
  }

  @Test("of legacy rules as a real host has them")
  func legacy() throws {
    let outline = try RulesetOutline(
      parsingSave: CapturedHost.debian12.bytes("/commands/iptables-legacy-save.txt"))
    #expect(outline.tables == ["nat", "filter"])
    #expect(outline.ruleCount == 3)
    #expect(outline.baseChains.count == 7)
    #expect(outline.baseRuleCount == 3)
    #expect(!outline.isInert)
    #expect(outline.usesAddressSets)
    #expect(
      outline.redirection
        == "-A PREROUTING -p tcp -m tcp --dport 8080 -j REDIRECT --to-ports 80")
    #expect(
      outline.chains.first { $0.name == "INPUT" && $0.table == "filter" }?.firstRule
        == "-A INPUT -s 192.0.2.0/24 -p tcp -m tcp --dport 80 -m comment --comment "
        + "\"a \\\"quoted\\\" word\" -j DROP")
  }

  @Test("of iptables-nft's rules as a real host has them")
  func nft() throws {
    let outline = try RulesetOutline(
      parsingSave: CapturedHost.debian12.bytes("/commands/iptables-nft-save.txt"))
    let tailscale = try #require(outline.chains.first { $0.name == "ts-input" })
    #expect(!tailscale.isBase)
    #expect(tailscale.policy == nil)
    #expect(tailscale.evidence == ":ts-input - [0:0]")
    #expect(tailscale.ruleCount == 1)
    #expect(tailscale.firstRule == nil, "only base chains tell theirs")
    #expect(outline.redirection == nil)
    #expect(!outline.usesAddressSets)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var isInert: Bool
    var redirects = false
  }

  @Test(
    "says exactly whether anything can touch a packet",
    arguments: [
      Row(testDescription: "nothing", text: "", isInert: true),
      Row(testDescription: "comments", text: "# Generated\n\n# Completed\n", isInert: true),
      Row(
        testDescription: "tables that accept",
        text: "*filter\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [1:2]\nCOMMIT\n*raw\nCOMMIT\n",
        isInert: true),
      Row(
        testDescription: "rules that no packet reaches",
        text: "*filter\n:INPUT ACCEPT [0:0]\n:mine - [0:0]\n-A mine -j DROP\nCOMMIT\n",
        isInert: true),
      Row(
        testDescription: "a policy alone", text: "*filter\n:INPUT DROP [0:0]\nCOMMIT\n",
        isInert: false),
      Row(
        testDescription: "a rule that counts",
        text: "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT\nCOMMIT\n", isInert: false),
      Row(
        testDescription: "counters in front of rules",
        text: "*nat\n:PREROUTING ACCEPT [0:0]\n[3:4] -A PREROUTING -j DNAT --to 10.0.0.1\nCOMMIT\n",
        isInert: false, redirects: true),
      Row(
        testDescription: "a target's name in a comment",
        text:
          "*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING --comment \"-j DNAT\" -j MASQUERADE\nCOMMIT\n",
        isInert: false),
      Row(
        testDescription: "a comment over two lines",
        text:
          "*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING --comment \"a\nCOMMIT\" -j TPROXY\nCOMMIT\n",
        isInert: false, redirects: true),
    ])
  func inert(_ row: Row) throws {
    let outline = try Self.outline(row.text)
    #expect(outline.isInert == row.isInert)
    #expect((outline.redirection != nil) == row.redirects)
  }

  @Test(
    "refuses half a listing and other text",
    arguments: [
      Malformed(
        "no COMMIT", "*filter\n:INPUT ACCEPT [0:0]\n", line: 2, found: "",
        expected: "COMMIT behind the table's rules"),
      Malformed(
        "a message", "iptables: command not found\n", found: "iptables: command not found",
        expected: "a line of an iptables-save listing"),
      Malformed(
        "a rule outside of tables", "-A INPUT -j DROP\n", found: "-A INPUT -j DROP",
        expected: "a line of an iptables-save listing"),
      Malformed(
        "a rule of another chain", "*filter\n:INPUT ACCEPT [0:0]\n-A OUTPUT -j DROP\nCOMMIT\n",
        line: 3, found: "-A OUTPUT -j DROP", expected: "a line of an iptables-save listing"),
      Malformed(
        "a rule of another table's chain", "*raw\n:A - [0:0]\nCOMMIT\n*nat\n-A A\nCOMMIT\n",
        line: 5, found: "-A A", expected: "a line of an iptables-save listing"),
      Malformed(
        "a chain outside of tables", ":INPUT ACCEPT [0:0]\n", found: ":INPUT ACCEPT [0:0]",
        expected: "a line of an iptables-save listing"),
      Malformed(
        "a chain without a policy", "*raw\n:INPUT\nCOMMIT\n", line: 2, found: ":INPUT",
        expected: "a line of an iptables-save listing"),
      Malformed(
        "a table in a table", "*raw\n*nat\nCOMMIT\n", line: 2, found: "*nat",
        expected: "a line of an iptables-save listing"),
      Malformed(
        "another order than append", "*raw\n:A - [0:0]\n-I A -j DROP\nCOMMIT\n", line: 3,
        found: "-I A -j DROP", expected: "a line of an iptables-save listing"),
    ])
  func malformed(_ row: Malformed) {
    let failure = ListingFailure(
      line: row.failure.line ?? 0, found: row.failure.found, expected: row.failure.expected)
    #expect(throws: failure) { try Self.outline(row.text) }
  }

  @Test("never traps on hostile bytes, and takes no listing cut inside a table")
  func hostile() throws {
    let real = try CapturedHost.debian12.bytes("/commands/iptables-nft-save.txt")
    var hostile = HostileText(String(decoding: real, as: UTF8.self))
    hostile.feed { _ = try RulesetOutline(parsingSave: $0) }
    let start = try #require(real.firstIndex(of: UInt8(ascii: "*"))) + 2
    let commit = Array("\nCOMMIT".utf8)
    let end = try #require(real.indices.first { real[$0...].starts(with: commit) }) + commit.count
    for cut in start..<end {
      #expect(throws: ListingFailure.self) { try RulesetOutline(parsingSave: Array(real[..<cut])) }
    }
  }
}
