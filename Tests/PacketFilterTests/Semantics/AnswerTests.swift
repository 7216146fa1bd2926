import Addressing
import JSONText
import Testing

@testable import PacketFilter

@Suite("answers")
struct AnswerTests {
  @Test("one line of JSON, as the command line promises")
  func json() {
    let listings = FilterListings.legacy(
      iptables("-A INPUT -s 100.64.0.0/31 -p tcp -j REJECT --reject-with tcp-reset"))
    let line = FilterAnswer.jsonLine(answers(listings, Asked("100.64.0.0/30 -> 10.0.0.5:80/tcp")))
    #expect(
      line == """
        {"answers": [{"sources": ["100.64.0.0/31"], "verdict": "reject", "with": "tcp-reset", \
        "direction": "request", "rule": "-A INPUT -s 100.64.0.0/31 -p tcp -j REJECT --reject-with tcp-reset", \
        "place": "iptables filter INPUT 1"}, {"sources": ["100.64.0.2/31"], "verdict": "accept", \
        "direction": "request", "rule": ":INPUT ACCEPT", "place": "iptables filter INPUT policy"}]}
        """)
  }

  @Test("text from the host cannot leave its quotes")
  func escaping() {
    #expect(JSONText.quoted("a\"b\\\u{1B}[2J\n\u{202E}ä") == "\"a\\\"b\\\\\\u001b[2J\\n\\u202eä\"")
  }

  @Test("a rule of nft is written as nft would")
  func nftText() throws {
    let expr = """
      [\(match("ip saddr", "{\"prefix\": {\"addr\": \"100.64.0.0\", \"len\": 10}}")), \
      \(match("tcp dport", "{\"set\": [22, {\"range\": [80, 90]}]}", op: "!=")), \
      {"counter": {"packets": 1, "bytes": 60}}, {"jump": {"target": "k"}}]
      """
    let bytes = Array(expr.utf8)
    var reader = JSONReader(bytes, bytes.indices)
    #expect(
      NftText.rule(try reader.value())
        == "ip saddr 100.64.0.0/10 tcp dport != { 22, 80-90 } counter packets 1 bytes 60 jump k")
  }

  @Test("a way that no packet should go ends in time")
  func endless() {
    var rules = ["-A INPUT -j k0"]
    for index in 0..<39 {
      rules += Array(repeating: "-A k\(index) -j k\(index + 1)", count: 3)
    }
    rules.append("-A k39 -s 100.64.0.1 -j DROP")
    let text =
      (["*filter", ":INPUT ACCEPT [0:0]"] + (0..<40).map { ":k\($0) - [0:0]" } + rules + [
        "COMMIT", "",
      ])
      .joined(separator: "\n")
    let found = answers(.legacy(text), Asked("100.64.0.0/10 -> 10.0.0.5:80/tcp"))
    #expect(found.contains { $0.verdict == .undecided })
  }

  @Test("marks that double with every rule are not all told apart")
  func marks() {
    let rules = (0..<32).map {
      "-A PREROUTING -m limit --limit 1/s -j MARK --set-xmark 0x\(String(1 << $0, radix: 16))/0x\(String(1 << $0, radix: 16))"
    }
    let text =
      (["*mangle", ":PREROUTING ACCEPT [0:0]"] + rules + [
        "-A PREROUTING -m mark --mark 0xffffffff -j DROP", "COMMIT", "",
      ])
      .joined(separator: "\n")
    let found = answers(.legacy(text), Asked("100.64.0.10 -> 10.0.0.5:80/tcp"))
    #expect(found.allSatisfy { $0.verdict == .depends || $0.verdict == .undecided })
  }
}
