import Addressing
import PacketFilter
import Testing

@Suite("nft rules mean what the kernel does")
struct NftSemanticsTests {
  @Test("order, verdicts and maps", arguments: order)
  func checkOrder(_ row: Row) { row.check() }

  static let order: [Row] = [
    Row(
      "every base chain must accept",
      .nft(
        nft(.base("input", priority: -10, accept), .base("input", priority: 0, name: "later", drop))
      ),
      "100.64.0.10: drop"),
    Row(
      "of equal priority the chain listed later runs first",
      .nft(
        nft(
          .base(
            "input", name: "a",
            "{\"reject\": {\"type\": \"icmpx\", \"expr\": \"admin-prohibited\"}}"),
          .base("input", name: "b", "{\"reject\": {\"type\": \"tcp reset\"}}"))),
      "100.64.0.10: reject tcp-reset"),
    Row("a chain without policy accepts", .nft(nft(.base("input"))), "100.64.0.10: accept"),
    Row(
      "a dormant table has no hook", .nft(nft(flags: "\"dormant\"", .base("input", drop))),
      "100.64.0.10: accept"),
    Row(
      "a flag of one letter is no proof", .nft(nft(flags: "\"d\"", .base("input", drop))),
      "100.64.0.10: undecided because table t may be dormant"),
    Row(
      "a goto from a base chain ends in the policy",
      .nft(nft(.base("input", policy: "drop", goto("k"), accept), .plain("k"))), "100.64.0.10: drop"
    ),
    Row(
      "a verdict map; what it has no element for goes on with the next rule",
      .nft(
        nft(
          .base(
            "input",
            """
            {"vmap": {"key": {"payload": {"protocol": "ip", "field": "saddr"}}, "data": {"set": [
            [{"prefix": {"addr": "100.64.0.0", "len": 31}}, {"drop": null}], ["100.64.0.2", {"continue": null}]]}}}, \
            {"reject": null}
            """, drop))),
      "100.64.0.0/30 -> 10.0.0.5:80/tcp", "100.64.0.0/31: drop",
      "100.64.0.2: reject icmp-port-unreachable", "100.64.0.3: drop"),
    Row(
      "statements before a failing match have run",
      .nft(
        nft(
          .base(
            "input",
            "{\"mangle\": {\"key\": {\"meta\": {\"key\": \"mark\"}}, \"value\": 7}}, \(match("tcp dport", "22")), \(accept)",
            "\(match("meta mark", "7")), \(drop)"))),
      "100.64.0.10: drop"),
    Row(
      "numgen of one is no chance",
      .nft(
        nft(
          .base(
            "input",
            "{\"vmap\": {\"key\": {\"numgen\": {\"mode\": \"random\", \"mod\": 1, \"offset\": 0}}, \"data\": {\"set\": [[0, {\"drop\": null}]]}}}"
          ))),
      "100.64.0.10: drop"),
    Row(
      "an ingress chain of an unknown device may be on this one",
      .nft(nft(family: "netdev", .base("ingress", drop))),
      "100.64.0.10: undecided because device of ingress chain ingress"),
  ]

  @Test("matches", arguments: matches)
  func checkMatches(_ row: Row) { row.check() }

  static let matches: [Row] = [
    Row(
      "ip saddr in an inet table means IPv4 only",
      .nft(nft(.base("input", "\(match("ip saddr", "\"0.0.0.0\"", op: "!=")), \(drop)"))),
      "fd00:5::77 -> [fd00:5::5]:80/tcp", "fd00:5::77: accept"),
    Row(
      "a port of TCP is none of UDP, not even negated",
      .nft(nft(.base("input", "\(match("tcp dport", "22", op: "!=")), \(drop)"))),
      "100.64.0.10 -> 10.0.0.5:53/udp", "100.64.0.10: accept"),
    Row(
      "th dport is any protocol's port",
      .nft(nft(.base("input", "\(match("th dport", "53")), \(drop)"))),
      "100.64.0.10 -> 10.0.0.5:53/udp", "100.64.0.10: drop"),
    Row(
      "and of ICMP the checksum",
      .nft(nft(.base("input", "\(match("th dport", "53", op: "!=")), \(drop)"))),
      "100.64.0.10 -> 10.0.0.5/icmp", "100.64.0.10: undecided because checksum of an ICMP packet"),
    Row(
      "before it is translated back an answer still bears the source that input gave the request",
      .nft(
        nft(
          family: "ip",
          .base(
            "input", priority: 100, type: "nat", "{\"snat\": {\"addr\": \"10.0.0.77\"}}"),
          .base("output", priority: -300, "\(match("ip daddr", "\"10.0.0.77\"")), \(drop)"))),
      "100.64.0.10: undecided because translated source"),
    Row(
      "nat chains are called only while something has connections tracked",
      .nft(nft(.base("prerouting", priority: -100, type: "nat", drop))),
      "100.64.0.10: undecided because whether connections are tracked"),
    Row(
      "and may drop then",
      .nft(
        nft(
          .base("prerouting", priority: -100, type: "nat", drop),
          .base("forward", "\(match("ct state", "\"new\"", op: "in")), \(drop)"))),
      "100.64.0.10: drop"),
    Row(
      "tcp flags syn is a bit test",
      .nft(nft(.base("input", "\(match("tcp flags", "\"syn\"", op: "in")), \(drop)"))),
      "100.64.0.10: drop"),
    Row(
      "a set of flags is an equality",
      .nft(
        nft(
          .base(
            "input",
            "\(match("tcp flags", "{\"set\": [\"ack\", {\"|\": [\"syn\", \"ack\"]}]}")), \(drop)"))),
      "100.64.0.10: accept"),
    Row(
      "states",
      .nft(
        nft(
          .base(
            "input", policy: "drop",
            "\(match("ct state", "[\"established\", \"related\"]", op: "in")), \(accept)",
            "\(match("ct state", "\"new\"", op: "in")), \(match("tcp dport", "{\"set\": [22, 80]}")), \(accept)"
          ))),
      "100.64.0.10: accept"),
    Row(
      "before the lookup every packet is invalid",
      .nft(
        nft(
          .base(
            "prerouting", priority: -300, "\(match("ct state", "\"invalid\"", op: "in")), \(drop)"))
      ),
      "100.64.0.10: drop"),
    Row(
      "an interface with an asterisk is a prefix",
      .nft(nft(.base("input", "\(match("meta iifname", "\"eth*\"")), \(drop)"))),
      "100.64.0.10: drop"),
    Row(
      "a named set of intervals",
      .nft(
        nft(
          sets: [
            """
            "name": "s", "type": "ipv4_addr", "handle": 3, "flags": ["interval"], "elem": [
            {"prefix": {"addr": "100.64.0.0", "len": 31}}, {"range": ["100.64.0.3", "100.64.0.4"]},
            {"elem": {"val": "100.64.0.6", "comment": "one"}}]
            """
          ],
          .base("input", "\(match("ip saddr", "\"@s\"")), \(drop)"))),
      "100.64.0.0/29 -> 10.0.0.5:80/tcp", "100.64.0.0/31, 100.64.0.3, 100.64.0.4, 100.64.0.6: drop",
      "100.64.0.2, 100.64.0.5, 100.64.0.7: accept"),
    Row(
      "a concatenation of address and port",
      .nft(
        nft(
          sets: [
            """
            "name": "s", "type": ["ipv4_addr", "inet_service"], "handle": 3, "elem": [
            {"concat": ["100.64.0.0", 80]}, {"concat": ["100.64.0.1", 81]}]
            """
          ],
          .base(
            "input",
            """
            {"match": {"op": "==", "left": {"concat": [{"payload": {"protocol": "ip", "field": "saddr"}}, \
            {"payload": {"protocol": "tcp", "field": "dport"}}]}, "right": "@s"}}, \(drop)
            """))),
      "100.64.0.0/31 -> 10.0.0.5:80/tcp", "100.64.0.0: drop", "100.64.0.1: accept"),
    Row(
      "an address under a mask",
      .nft(
        nft(
          .base(
            "input",
            """
            {"match": {"op": "==", "left": {"&": [{"payload": {"protocol": "ip", "field": "saddr"}}, "0.0.0.3"]}, \
            "right": "0.0.0.2"}}, \(drop)
            """))),
      "100.64.0.0/30 -> 10.0.0.5:80/tcp", "100.64.0.0/31, 100.64.0.3: accept", "100.64.0.2: drop"),
    Row(
      "the reverse path",
      .nft(
        nft(
          .base(
            "prerouting",
            "{\"match\": {\"op\": \"==\", \"left\": {\"fib\": {\"result\": \"oif\", \"flags\": [\"saddr\", \"iif\"]}}, \"right\": false}}, \(drop)"
          ))),
      "10.1.0.0/31 -> 10.0.0.5:80/tcp", "10.1.0.0/31: drop"),
    Row(
      "a bare string is not a rule that never matches",
      .nft(nft(.base("input", "\"jump {\\n accept\\n}\"", drop))),
      "100.64.0.10: undecided because jump {"),
    Row(
      "nor is a statement of another release",
      .nft(nft(.base("input", "{\"frobnicate\": {\"level\": 3}}"))),
      "100.64.0.10: undecided because frobnicate"),
    Row(
      "a quota leaves it open",
      .nft(nft(.base("input", "{\"quota\": {\"val\": 1, \"val_unit\": \"mbytes\"}}, \(drop)"))),
      "100.64.0.10: depends because quota"),
    Row(
      "reject implies what the listing leaves out",
      .nft(
        nft(
          .base(
            "input", "{\"reject\": {\"type\": \"tcp reset\"}}",
            "{\"reject\": {\"type\": \"icmpv6\", \"expr\": \"no-route\"}}", drop))),
      "100.64.0.10 -> 10.0.0.5:53/udp", "100.64.0.10: drop"),
    Row(
      "a translation by a map of addresses and ports",
      .nft(
        nft(
          family: "ip",
          .base(
            "prerouting", priority: -100, type: "nat",
            """
            {"dnat": {"addr": {"map": {"key": {"payload": {"protocol": "tcp", "field": "dport"}}, "data": {"set": [
            [80, {"concat": ["10.1.0.9", 8080]}]]}}}}}
            """))),
      "100.64.0.10: forward to 10.1.0.9:8080"),
  ]

  @Test("takes the rule of iptables-nft from the listing that tells all")
  func mergesListings() {
    let json = nft(
      family: "ip", table: "filter",
      .base(
        "input", name: "INPUT", "{\"xt\": {\"type\": \"match\", \"name\": \"addrtype\"}}, \(drop)"))
    var listings = FilterListings.nft(json)
    let asked = Asked("100.64.0.10 -> 10.0.0.5:80/tcp")
    #expect(answers(listings, asked).map(\.brief) == ["100.64.0.10: undecided because addrtype"])
    listings.nftSave4 = .bytes(
      Array(iptables("-A INPUT -m addrtype --dst-type LOCAL -j DROP").utf8))
    let found = answers(listings, asked)
    #expect(found.map(\.brief) == ["100.64.0.10: drop"])
    #expect(found.first?.rule == "-A INPUT -m addrtype --dst-type LOCAL -j DROP")
    #expect(found.first?.place == "iptables filter INPUT 1")
  }

  @Test("a legacy and an nft chain of one priority decide only what both orders decide")
  func ordersOfVariants() {
    var listings = FilterListings.nft(nft(.base("input", drop)))
    listings.legacySave4 = .bytes(Array(iptables("-A INPUT -j REJECT").utf8))
    let asked = Asked("100.64.0.10 -> 10.0.0.5:80/tcp")
    #expect(answers(listings, asked).map(\.verdict) == [.undecided])
    listings.legacySave4 = .bytes(Array(iptables("-A INPUT -j DROP").utf8))
    #expect(answers(listings, asked).map(\.verdict) == [.drop])
  }
}
