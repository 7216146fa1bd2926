import Addressing
import Checker
import LoadBalancer
import Testing

@testable import Settings

@Suite("A settings file")
struct SettingsTests {
  private static let sample = """
    # What this server is behind of.
    targets:
      - http://:80/health
      - url: https://10.0.0.5:8443/
        sources: 10.1.0.7
        servicePort: 443
        timeOut: 3
        intervalTime: 10
        healthNum: 2
        unHealthNum: 4
        httpCode: 2xx,3xx
        checkDomain: 'shop.example.com'
        checkMethod: get
        httpVersion: HTTP/1.0
        sourceIpType: 0
      - {url: "udp://[fd00::5]:53", contextType: HEX, send: "00fF", receive: 0A}
    sources:
      - 100.64.0.0/10
      - 10.0.0.0/8
    thresholds: {conntrack: 75, loadFiveMinutes: 8}
    skip: [load, conntrack.nearly-full]

    """

  private static func settings(_ text: String) throws -> Settings {
    try Settings(parsing: Array(text.utf8))
  }

  @Test("says what is probed, and how")
  func targets() throws {
    let targets = try Self.settings(Self.sample).namedTargets
    #expect(
      targets.map(\.url.description) == [
        "http://:80/health", "https://10.0.0.5:8443/", "udp://[fd00::5]:53",
      ])
    #expect(
      targets.map { $0.sources.map(\.description) } == [
        ["100.64.0.0/10", "10.0.0.0/8"], ["10.1.0.7/32"], ["100.64.0.0/10", "10.0.0.0/8"],
      ])
    let plain = try #require(targets.first?.healthCheck)
    var standard = HealthCheck()
    standard.assumed.remove(.sourceIPType)
    #expect(plain == standard, "who names the sources assumes none")
    let check = targets[1].healthCheck
    #expect(targets[1].servicePort == 443)
    #expect(check.timeOut == 3 && check.intervalTime == 10)
    #expect(check.healthNum == 2 && check.unHealthNum == 4)
    #expect(check.httpCode == [.successful, .redirection])
    #expect(check.httpCheckDomain == "shop.example.com")
    #expect(check.httpCheckMethod == .get && check.httpVersion == .http10)
    #expect(check.sourceIPType == .virtualIP)
    #expect(
      check.assumed.isDisjoint(with: [
        .timeOut, .httpCode, .httpCheckDomain, .httpCheckMethod, .httpVersion,
      ]))
    #expect(
      targets[2].healthCheck.custom
        == CustomCheck(contextType: .hexadecimal, send: [0x00, 0xFF], receive: [0x0A]))
  }

  @Test("says from where on a finding is raised, and what is left out")
  func thresholdsAndSkips() throws {
    let settings = try Self.settings(Self.sample)
    var thresholds = Thresholds.standard
    thresholds.conntrack = 75
    thresholds.loadFiveMinutes = 8
    #expect(settings.thresholds.thresholds == thresholds)
    var skips = Skips()
    skips.add("load", reason: "f:21")
    skips.add("conntrack.nearly-full", reason: "f:21")
    #expect(settings.skips(file: "f") == skips)
  }

  @Test(
    "may be empty",
    arguments: ["", "\n", "# nothing\n", "---\n", "{}\n", "~\n", "\u{FEFF}", SettingsExample.text])
  func empty(_ text: String) throws {
    #expect(try Self.settings(text) == Settings())
  }

  @Test("may be written in every way that YAML has for a list or a value")
  func spellings() throws {
    let expected = try Self.settings("sources: [10.0.0.1]\n").sources?.value
    for text in [
      "sources: 10.0.0.1", "sources:\n- 10.0.0.1\n", "sources:\n  - \"10.0.0.1\"\n",
      "{sources: ['10.0.0.1']}", "\"sources\": 10.0.0.1", "sources: |-\n  10.0.0.1\n",
      "\u{FEFF}sources: 10.0.0.1\r\n", "---\nsources: 10.0.0.1\n...\n",
    ] {
      #expect(try Self.settings(text).sources?.value == expected, "\(text)")
    }
  }
}
