import Checker
import Testing

@testable import Reporting

@Suite("a check in words")
struct ExplanationTests {
  static let check = CheckDeclaration(
    name: "packet-filter",
    summary: "Asks which rule of the host's packet filters takes the probe's sources.",
    reason: """

      A packet filter that drops the probe leaves no trace in the application: the load balancer
      sees a time-out, as with a host that is switched off.

      What is looked at, in order:

      - `ingress` and `prerouting`, before the routing decision;
        here the destination may change
      - `input`
      1. and numbers

      ```
      iptables-save | grep -c DROP
      ```

      The reply passes a packet filter too.
      """,
    reads: ["`iptables-save`", "`nft -j list ruleset`"],
    findings: [
      FindingDeclaration(
        id: FindingID(rawValue: "packet-filter.drops-probe"), layer: .layer4, severities: [.fail],
        meaning: "A rule drops every packet of the probe, or the chain's policy does.",
        remedy: "Accept the probe's sources and clients before that rule."),
      FindingDeclaration(
        id: FindingID(rawValue: "packet-filter.unreadable"), layer: .layer4,
        severities: [.warn, .unknown], meaning: "The rules could not be read | understood.",
        remedy: "Run as root."),
    ],
    sources: ["https://www.tencentcloud.com/document/product/214/54819"])

  static let other = CheckDeclaration(
    name: "nat", summary: "Asks whether the destination | port is changed.", reason: "It may be.",
    reads: [], findings: [], sources: [])

  @Test("for a terminal, whole")
  func whole() throws {
    try Golden.expect(Explanation.text(of: Self.check, width: 72), equals: "explain-check.txt")
  }

  @Test("for a terminal, one finding")
  func finding() throws {
    let finding = try #require(Self.check.findings.last)
    try Golden.expect(
      Explanation.text(of: finding, in: Self.check, width: 72), equals: "explain-finding.txt")
  }

  @Test("for a terminal, all checks")
  func index() throws {
    try Golden.expect(
      Explanation.index(of: [Self.check, Self.other], width: 72), equals: "explain-index.txt")
  }

  @Test("as a page of the catalogue")
  func page() throws {
    try Golden.expect(CheckPage.markdown(of: Self.check), equals: "check-page.md")
    #expect(CheckPage.fileName(of: Self.check) == "packet-filter.md")
  }

  @Test("as the catalogue's index")
  func catalogue() throws {
    try Golden.expect(CheckPage.index(of: [Self.check, Self.other]), equals: "check-index.md")
  }

  @Test("without sections that would be empty")
  func emptySections() {
    #expect(!CheckPage.markdown(of: Self.other).contains("## Findings"))
    #expect(!Explanation.text(of: Self.other, width: 80).contains("Sources"))
  }

  @Test("keeps an address whole that is wider than the terminal")
  func longAddress() {
    let text = Explanation.text(of: Self.check, width: 40)
    #expect(text.contains("https://www.tencentcloud.com/document/product/214/54819"))
  }
}
