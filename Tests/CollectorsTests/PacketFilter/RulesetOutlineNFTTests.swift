import Collectors
import PacketFilter
import Testing

@Suite("Outline of nft's listing")
struct RulesetOutlineNFTTests {
  static func outline(_ objects: String) throws -> RulesetOutline {
    let metainfo = #"{"metainfo": {"version": "1.0.6", "json_schema_version": 1}}"#
    let isTableListed = objects.contains(#"{"table": {"family": "inet", "name": "t""#)
    let listed = [metainfo, isTableListed ? "" : table(), objects].filter { !$0.isEmpty }
    let listing = "{\"nftables\": [\(listed.joined(separator: ", "))]}"
    return try RulesetOutline(parsingNFT: Array(listing.utf8))
  }

  static func chain(_ more: String = "", table: String = "t") -> String {
    """
    {"chain": {"family": "inet", "table": "\(table)", "name": "c", "handle": 1\(more)}}
    """
  }

  static func rule(_ expression: String) -> String {
    """
    {"rule": {"family": "inet", "table": "t", "chain": "c", "handle": 4, "expr": [\(expression)]}}
    """
  }

  static let hook = #", "type": "filter", "hook": "input", "prio": 0"#

  @Test("of a real host tells base chains, policies and unclear flags")
  func realHost() throws {
    let outline = try RulesetOutline(
      parsingNFT: CapturedHost.debian12.bytes("/commands/nft.json"))
    #expect(outline.tables == ["ip filter", "inet app", "inet asleep", "ip mynat"])
    #expect(
      outline.baseChains.map(\.evidence) == [
        "chain ip filter INPUT", "chain inet app input", "chain inet asleep input",
        "chain ip mynat pre",
      ])
    #expect(
      outline.nonAcceptingChains.map(\.evidence) == [
        "chain inet app input", "chain inet asleep input",
      ])
    #expect(
      outline.tablesOfUnclearFlags == ["inet asleep"], "nft 1.0.6 prints \"asleep\" as its flags")
    #expect(outline.ruleCount == 7)
    #expect(outline.redirection?.hasPrefix("chain ip mynat pre ") == true)
    #expect(outline.hasChains(family: "ip", tables: ["filter"]))
    #expect(!outline.hasChains(family: "ip6", tables: ["filter"]))
  }

  @Test("of a real host without rules is empty")
  func realEmptyHost() throws {
    let outline = try RulesetOutline(
      parsingNFT: CapturedHost.debian12.bytes("/commands/nft-empty.json"))
    #expect(outline == RulesetOutline())
    #expect(outline.isInert)
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var objects: [String]
    var isInert: Bool

    init(_ description: String, _ objects: String..., isInert: Bool) {
      testDescription = description
      self.objects = objects
      self.isInert = isInert
    }
  }

  static func table(_ more: String = "", family: String = "inet") -> String {
    """
    {"table": {"family": "\(family)", "name": "t", "handle": 1\(more)}}
    """
  }

  static let dropping = chain(hook + #", "policy": "drop""#)

  @Test(
    "says exactly whether anything can touch a packet",
    arguments: [
      Row("nothing", isInert: true),
      Row("an empty table", table(), isInert: true),
      Row("a chain without a hook", chain(), isInert: true),
      Row("a rule that no packet reaches", chain(), rule(#"{"drop": null}"#), isInert: true),
      Row("a base chain without a policy", chain(hook), isInert: true),
      Row("a base chain that accepts", chain(hook + #", "policy": "accept""#), isInert: true),
      Row("a base chain that drops", dropping, isInert: false),
      Row("a rule that counts", chain(hook), rule(#"{"counter": null}"#), isInert: false),
      Row(
        "an ingress chain", chain(#", "hook": "ingress", "prio": 0, "policy": "drop""#),
        isInert: false),
      Row("a dormant table", table(#", "flags": "dormant""#), dropping, isInert: true),
      Row("a table of unclear flags", table(#", "flags": "x""#), dropping, isInert: false),
      Row(
        "a dormant table among flags", table(#", "flags": ["owner", "dormant"]"#), dropping,
        isInert: true),
      Row("a table of another flag", table(#", "flags": "owner""#), dropping, isInert: false),
      Row(
        "a dormant table of another family", table(#", "flags": "dormant""#, family: "ip"),
        dropping, isInert: false),
      Row(
        "a set", #"{"set": {"family": "inet", "table": "t", "name": "s", "type": "mark"}}"#,
        isInert: true),
      Row(
        "a flowtable", #"{"flowtable": {"family": "inet", "name": "f", "hook": "ingress"}}"#,
        isInert: true),
      Row("an object of later nft", #"{"invented": 5}"#, isInert: true),
    ])
  func inert(_ row: Row) throws {
    #expect(try Self.outline(row.objects.joined(separator: ", ")).isInert == row.isInert)
  }

  @Test(
    "finds what gives packets another destination",
    arguments: [
      (#"{"dnat": {"addr": "10.0.0.1", "port": 80}}"#, true),
      (
        #"{"match": {"op": "==", "left": {"meta": {"key": "mark"}}, "right": 1}}, {"redirect": null}"#,
        true
      ),
      (#"{"tproxy": {"port": 80}}"#, true),
      (#"{"xt": {"type": "target", "name": "DNAT"}}"#, true),
      (#"{"xt": {"type": "target", "name": "NETMAP"}}"#, true),
      (#""jump {\n\t\tredirect to :80\n\t}""#, true),
      (#""jump {\n\t\ttcp dport 80 accept\n\t}""#, false),
      (#"{"xt": {"type": "match", "name": "conntrack"}}"#, false),
      (#"{"masquerade": null}"#, false),
      (#"{"log": {"prefix": "dnat"}}"#, false),
    ] as [(String, Bool)])
  func redirections(expression: String, redirects: Bool) throws {
    let outline = try Self.outline(Self.chain(Self.hook) + "," + Self.rule(expression))
    #expect((outline.redirection != nil) == redirects)
    #expect(outline.redirection?.hasPrefix("chain inet t c ") != false)
  }

  @Test("sees sets of ipset(8), and not nft's own")
  func sets() throws {
    let legacy = Self.chain() + "," + Self.rule(#"{"xt": {"type": "match", "name": "set"}}"#)
    #expect(try Self.outline(legacy).usesAddressSets)
    let native =
      Self.chain() + "," + Self.rule(#"{"set": {"op": "add", "elem": "a", "set": "@s"}}"#)
    #expect(try !Self.outline(native).usesAddressSets)
  }

  @Test("is empty where nf_tables is not loaded")
  func notLoaded() throws {
    #expect(try RulesetOutline(parsingNFT: []) == RulesetOutline())
  }

  @Test("refuses a rule whose chain is not listed")
  func strayRule() {
    #expect(throws: ListingFailure.self) { try Self.outline(Self.rule(#"{"drop": null}"#)) }
  }

  @Test(
    "refuses other text",
    arguments: [
      "[]", "{}", "{\"nftables\": {}}", "nft: error", "null",
      #"{"nftables": [{"chain": {"family": "inet", "table": "t"}}]}"#,
      #"{"nftables": [{"rule": {"family": "inet"}}]}"#,
      #"{"nftables": [5]}"#,
    ])
  func malformed(_ text: String) {
    #expect(throws: ListingFailure.self) {
      try RulesetOutline(parsingNFT: Array(text.utf8))
    }
  }

  @Test("never traps on hostile bytes, and takes no listing that is cut off")
  func hostile() throws {
    let real = try CapturedHost.debian12.bytes("/commands/nft.json")
    var hostile = HostileText(String(decoding: real, as: UTF8.self))
    hostile.feed { _ = try RulesetOutline(parsingNFT: $0) }
    let end = try #require(real.lastIndex(of: UInt8(ascii: "}")))
    for cut in stride(from: 1, through: end, by: 7) {
      #expect(throws: ListingFailure.self) { try RulesetOutline(parsingNFT: Array(real[..<cut])) }
    }
  }
}
