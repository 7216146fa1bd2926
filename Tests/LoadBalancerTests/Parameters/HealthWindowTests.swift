import Addressing
import Testing

@testable import LoadBalancer

@Suite("How long a state outlives its cause")
struct HealthWindowTests {
  private func check(_ timeOut: Int, _ interval: Int, _ healthy: Int, _ unhealthy: Int)
    -> HealthCheck
  {
    var check = HealthCheck()
    (check.timeOut, check.intervalTime) = (timeOut, interval)
    (check.healthNum, check.unHealthNum) = (healthy, unhealthy)
    return check
  }

  @Test("is as CLB's documents reckon it")
  func formulas() {
    let check = check(2, 5, 3, 3)
    let layer4 = HealthWindow(check, formula: .layer4)
    #expect(layer4.secondsToUnhealthy == 10...10 && layer4.secondsToHealthy == 10...10)
    let layer7 = HealthWindow(check, formula: .layer7)
    #expect(layer7.secondsToUnhealthy == 16...16 && layer7.secondsToHealthy == 10...16)
    let either = HealthWindow(check, formula: .either)
    #expect(either.secondsToUnhealthy == 10...16)
  }

  @Test(
    "can be reckoned for every value that a document may hold",
    arguments: HealthWindow.Formula.allCases)
  func bounds(_ formula: HealthWindow.Formula) {
    for value in [0, 1, 1000] {
      let window = HealthWindow(check(value, value, value, value), formula: formula)
      #expect(window.secondsToUnhealthy.lowerBound >= 0)
    }
  }

  @Test(
    "follows from the listener",
    arguments: [
      (TargetProtocol.tcp, ListenerProtocol.tcp, HealthWindow.Formula.layer4),
      (.udp, .udp, .layer4), (.http, .tcp, .either), (.http, .tcpSSL, .either),
      (.http, .http, .layer7), (.grpc, .https, .layer7), (.tcp, .https, .layer7),
    ])
  func formula(
    _ transport: TargetProtocol, _ listener: ListenerProtocol, _ formula: HealthWindow.Formula
  ) {
    var target = Target(transport: transport, address: .v4(1), port: 80)
    target.listener = ListenerReference(
      loadBalancerID: nil, listenerID: "lbl-1", listenerProtocol: listener, listenerPort: 80)
    #expect(target.windowFormula == formula)
  }

  @Test(
    "a page near TimeOut flaps",
    arguments: [
      (0, 2, AnswerTime.inTime), (1499, 2, .inTime), (1500, 2, .flaps), (1999, 2, .flaps),
      (2000, 2, .tooLate), (1500, 3, .inTime), (0, 0, .tooLate),
    ])
  func answerTimes(_ milliseconds: Int, _ timeOut: Int, _ expected: AnswerTime) {
    #expect(AnswerTime(milliseconds: milliseconds, timeOut: timeOut) == expected)
  }

  @Test("the longest answer in time is in time, and one more is not", arguments: 2...60)
  func longest(_ timeOut: Int) {
    let longest = AnswerTime.longestInTime(timeOut: timeOut)
    #expect(AnswerTime(milliseconds: longest, timeOut: timeOut) == .inTime)
    #expect(AnswerTime(milliseconds: longest + 1, timeOut: timeOut) == .flaps)
  }
}
