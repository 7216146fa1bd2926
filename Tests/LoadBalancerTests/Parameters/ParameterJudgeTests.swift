import Addressing
import Testing

@testable import LoadBalancer

/// A check with one thing about it, and what is said of it.
struct JudgedCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var transport = TargetProtocol.http
  var listener: ListenerProtocol? = .http
  var address = IPAddress.v4(0x0A00_0805)
  var servicePort: UInt16?
  var domain: String? = "shop.example.test"
  var change: @Sendable (inout HealthCheck) -> Void = { _ in }
  /// `PARAMETER=VALUE kind legal→recommended`.
  var issues: [String]
}

@Suite("Parameters of a health check")
struct ParameterJudgeTests {
  private static let ipv6 = IPAddress(parsing: "fd00::5") ?? .v4(0)

  private static func target(_ item: JudgedCase) -> Target {
    var check = HealthCheck()
    check.assumed = []
    check.httpCheckDomain = "shop.example.test"
    check.httpCode = [.successful, .redirection]
    item.change(&check)
    var target = Target(
      transport: item.transport, address: item.address, port: 80, servicePort: item.servicePort,
      healthCheck: check)
    target.listener = item.listener.map {
      ListenerReference(
        loadBalancerID: "lb-1", listenerID: "lbl-1", locationID: $0.isLayer7 ? "loc-1" : nil,
        listenerProtocol: $0, listenerPort: 80, domain: $0.isLayer7 ? item.domain : nil)
    }
    return target
  }

  private static func line(_ issue: ParameterIssue) -> String {
    let kind = "\(issue.kind)".replacing("LoadBalancer.", with: "")
    let advice = [issue.legal, issue.recommended].map { $0 ?? "-" }.joined(separator: " → ")
    return "\(issue.parameter.rawValue)=\(issue.value) \(kind) \(advice)"
  }

  private static let cases: [JudgedCase] = [
    JudgedCase(testDescription: "all is well", issues: []),
    JudgedCase(
      testDescription: "switched off, which is all that matters",
      change: {
        $0.isEnabled = false; $0.timeOut = 1
      }, issues: ["HealthSwitch=0 disabled - → 1"]),
    JudgedCase(
      testDescription: "TimeOut too small", change: { $0.timeOut = 1 },
      issues: ["TimeOut=1 illegal 2-60 → 2"]),
    JudgedCase(
      testDescription: "assumed values are not the listener's",
      change: {
        $0.timeOut = 1; $0.httpCode = []; $0.assumed = [.timeOut, .httpCode]
      }, issues: []),
    JudgedCase(
      testDescription: "every number out of its range",
      change: { check in
        (check.timeOut, check.intervalTime) = (61, 301)
        (check.healthNum, check.unHealthNum) = (1, 11)
        check.httpCode = []
      },
      issues: [
        "TimeOut=61 illegal 2-60 → 2", "IntervalTime=301 illegal 2-300 → 5",
        "HealthNum=1 illegal 2-10 → 3", "UnHealthNum=11 illegal 2-10 → 3",
        "HttpCode=0 illegal 1-31 → 6",
        "TimeOut=61 farFromDefault(ParameterIssue.Consequence.waitsLong(seconds: 61)) - → 2",
        "IntervalTime=301 farFromDefault(ParameterIssue.Consequence.noticesLate(seconds: 3681)) - → 5",
        "UnHealthNum=11 farFromDefault(ParameterIssue.Consequence.noticesLate(seconds: 3681)) - → 3",
      ]),
    JudgedCase(
      testDescription: "TimeOut as long as IntervalTime", change: { $0.timeOut = 5 },
      issues: ["TimeOut=5 timeOutNotBelowInterval(intervalTime: 5) less than IntervalTime, 5 → 2"]),
    JudgedCase(
      testDescription: "IPv6 wants 5 seconds between probes", address: ipv6,
      change: { $0.intervalTime = 4 },
      issues: ["IntervalTime=4 illegal 5-300 → 5"]),
    JudgedCase(
      testDescription: "often, and two failures enough",
      change: {
        $0.intervalTime = 3; $0.unHealthNum = 2
      },
      issues: [
        "IntervalTime=3 farFromDefault(ParameterIssue.Consequence.probesOften(perMinute: 20)) - → 5",
        "UnHealthNum=2 farFromDefault(ParameterIssue.Consequence.flaps(failures: 2, seconds: 7)) - → 3",
      ]),
    JudgedCase(
      testDescription: "slow to return", transport: .tcp, listener: .tcp,
      change: { $0.healthNum = 10 },
      issues: [
        "HealthNum=10 farFromDefault(ParameterIssue.Consequence.returnsLate(seconds: 45)) - → 3"
      ]),
    JudgedCase(
      testDescription: "no HTTP check of an IPv6 TCP listener", listener: .tcp, address: ipv6,
      issues: ["CheckType=HTTP illegal TCP → TCP"]),
    JudgedCase(
      testDescription: "no ping of a TCP listener's port", transport: .udp, listener: .tcp,
      issues: ["CheckType=PING illegal TCP, HTTP, CUSTOM → TCP"]),
    JudgedCase(
      testDescription: "no gRPC over IPv6", transport: .grpc, listener: .https, address: ipv6,
      issues: ["CheckType=GRPC illegal HTTP, HTTPS, TCP → HTTP"]),
    JudgedCase(
      testDescription: "a path that is no path", change: { $0.httpCheckPath = "/a(b)*" },
      issues: ["HttpCheckPath=/a(b)* illegal 1-200 of a-z A-Z 0-9 . - _ / = ?, the first a / → /"]),
    JudgedCase(
      testDescription: "a query", change: { $0.httpCheckPath = "/a?b=1" },
      issues: ["HttpCheckPath=/a?b=1 dynamicPath(mark: \"?\") - → -"]),
    JudgedCase(
      testDescription: "a script", change: { $0.httpCheckPath = "/x/Check.PHP" },
      issues: ["HttpCheckPath=/x/Check.PHP dynamicPath(mark: \".php\") - → -"]),
    JudgedCase(
      testDescription: "a wildcard for a check domain",
      change: { $0.httpCheckDomain = "*.example.test" },
      issues: [
        "HttpCheckDomain=*.example.test illegal 1-80 of a-z 0-9 . -, without a wildcard → -"
      ]),
    JudgedCase(
      testDescription: "a wildcard for a forwarding domain", domain: "*.example.test",
      change: { $0.httpCheckDomain = nil },
      issues: ["HttpCheckDomain= noFixedDomain(forwarding: \"*.example.test\") - → -"]),
    JudgedCase(
      testDescription: "HTTP/1.1 without a domain", listener: .tcp,
      change: { $0.httpCheckDomain = nil }, issues: ["HttpCheckDomain= noDomain - → -"]),
    JudgedCase(
      testDescription: "HTTP/1.0 needs none", listener: .tcp,
      change: {
        $0.httpCheckDomain = nil; $0.httpVersion = .http10
      }, issues: []),
    JudgedCase(
      testDescription: "TCP_SSL speaks HTTP/1.1", listener: .tcpSSL,
      change: { $0.httpVersion = .http10 },
      issues: ["HttpVersion=HTTP/1.0 illegal HTTP/1.1 → HTTP/1.1"]),
    JudgedCase(
      testDescription: "a mask of every class", change: { $0.httpCode = HTTPCode(rawValue: 31) },
      issues: ["HttpCode=31 maskHidesErrors(4xx-5xx) - → 7"]),
    JudgedCase(
      testDescription: "a mask of faults alone", change: { $0.httpCode = .clientError },
      issues: ["HttpCode=8 maskHidesErrors(4xx) - → 2"]),
    JudgedCase(
      testDescription: "another port", transport: .tcp, listener: .tcp, servicePort: 81,
      issues: ["CheckPort=80 checkPortDiffers(backendPort: 81) - → -1"]),
    JudgedCase(
      testDescription: "too much to send", transport: .udp, listener: .udp,
      change: {
        $0.custom = CustomCheck(
          contextType: .hexadecimal, send: [UInt8](repeating: 0, count: 251), receive: [])
      },
      issues: [
        "SendContext=\(String(repeating: "00", count: 251)) illegal at most 500 visible ASCII characters → -"
      ]),
  ]

  @Test("are judged", arguments: cases)
  func judged(_ item: JudgedCase) {
    #expect(ParameterJudge.issues(of: Self.target(item)).map(Self.line) == item.issues)
  }

  @Test("of a target named by hand with nothing said are not judged")
  func unsaid() {
    let target = Target(transport: .http, address: .v4(1), port: 80)
    #expect(ParameterJudge.issues(of: target).isEmpty)
  }

  @Test("belong to a check by its kind")
  func applicability() {
    let ofTCP = HealthCheck.Parameter.allCases.filter { $0.applies(to: .tcp) }
    #expect(
      ofTCP == [
        .healthSwitch, .checkType, .timeOut, .intervalTime, .healthNum, .unHealthNum, .checkPort,
        .sourceIPType,
      ])
  }
}
