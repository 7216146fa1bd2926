import Checker
import Collectors
import LoadBalancer
import Probes
import TestSupport

extension Scenario {
  /// Listeners whose own parameters are the trouble, on a host that is well.
  static let healthCheck: [Scenario] = [
    judged("a check that is switched off", raises: "health-check.disabled") {
      $0.isEnabled = false
    },
    judged("a TimeOut that CLB does not take", raises: "health-check.illegal-parameter") {
      $0.timeOut = 1
    },
    judged("a TimeOut as long as IntervalTime", raises: "health-check.illegal-parameter") {
      $0.timeOut = 5
    },
    Scenario(
      "a mask without any class",
      raises: ["application.unexpected-status", "health-check.illegal-parameter"], .fail,
      target: { target in
        target.listener = .rule
        target.healthCheck.httpCheckDomain = "shop.example.com"
        target.healthCheck.httpCode = HTTPCode(rawValue: 0)
      }),
    judged("an IntervalTime of five minutes", raises: "health-check.far-from-default") {
      $0.intervalTime = 300
    },
    judged("two failures that take the server out", raises: nil) { $0.unHealthNum = 2 },
    Scenario(
      "two failures that take a slow server out",
      raises: ["application.slower-than-timeout", "health-check.far-from-default"], .warn,
      answerMicroseconds: 1_600_000,
      target: { target in
        target.listener = .rule
        target.healthCheck.httpCheckDomain = "shop.example.com"
        target.healthCheck.unHealthNum = 2
      }),
    judged("a mask that calls 503 healthy", raises: "health-check.mask-hides-errors") {
      $0.httpCode = HTTPCode(rawValue: 31)
    },
    judged("a wildcard forwarding domain", raises: "health-check.no-domain") {
      $0.httpCheckDomain = nil
    },
    judged("a path of a script", raises: nil) { $0.httpCheckPath = "/check.php" },
    Scenario(
      "traffic to a port where nothing listens", raises: ["health-check.port-mismatch"], .warn,
      target: { $0.servicePort = 8080 }),
    Scenario(
      "traffic to another port that is served", raises: [], .pass,
      host: { $0.sockets.append(FakeSocket("0.0.0.0", 8080, inode: 4001)) },
      target: { $0.servicePort = 8080 }),
    reported("CLB agrees", .alive, raises: [], .pass),
    reported("CLB is still detecting", .unknown, raises: [], .pass),
    reported(
      "CLB calls a healthy host dead", .dead, raises: ["health-check.console-disagrees"], .warn),
    Scenario(
      "CLB calls a host alive where nothing listens",
      raises: ["listening-socket.missing", "health-check.console-disagrees"], .fail,
      outcome: .refused, host: { $0.sockets = [] },
      target: { target in
        target.listener = .rule
        target.healthCheck.httpCheckDomain = "shop.example.com"
        target.reportedState = .alive
      }),
  ]

  /// A host that is well, behind a rule whose check is changed.
  private static func judged(
    _ description: String, raises id: String?,
    _ change: @escaping @Sendable (inout HealthCheck) -> Void
  ) -> Scenario {
    Scenario(
      description, raises: [id].compactMap(\.self), id == nil ? .pass : .warn,
      target: { target in
        target.listener = .rule
        target.healthCheck.httpCheckDomain = "shop.example.com"
        change(&target.healthCheck)
      })
  }

  private static func reported(
    _ description: String, _ state: HealthState, raises: [String], _ verdict: Verdict
  ) -> Scenario {
    Scenario(
      description, raises: raises, verdict,
      target: { target in
        target.listener = .rule
        target.healthCheck.httpCheckDomain = "shop.example.com"
        target.reportedState = state
      })
  }
}

extension ListenerReference {
  /// A rule of an HTTP listener.
  static let rule = ListenerReference(
    loadBalancerID: "lb-a1b2c3d4", listenerID: "lbl-http0001", locationID: "loc-0001aaaa",
    listenerProtocol: .http, listenerPort: 80, domain: "*.example.com", url: "/",
    region: "ap-guangzhou")
}
