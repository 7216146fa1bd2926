import Reporting
import Testing

@testable import Delivery

@Suite("The moment to send")
struct SendingMomentTests {
  private static func time(_ second: Int) -> Timestamp {
    Timestamp(secondsSinceEpoch: 1_772_000_000 + Int64(second))
  }

  @Test("is each run where no interval is named, and the first run of all")
  func always() {
    let each = SendingMoment(everySeconds: 0, spread: Spread(of: ["a"]))
    #expect(each.isDue(at: Self.time(1), last: Self.time(0)))
    let hourly = SendingMoment(everySeconds: 3600, spread: Spread(of: ["a"]))
    #expect(hourly.isDue(at: Self.time(0), last: nil))
  }

  @Test("comes once an interval")
  func hourly() {
    let hourly = SendingMoment(everySeconds: 3600, spread: Spread(of: ["a"]))
    var last: Timestamp?
    var sent = 0
    for run in 0..<288 {
      let now = Self.time(run * 300)
      guard hourly.isDue(at: now, last: last) else { continue }
      sent += 1
      last = now
    }
    #expect((24...25).contains(sent))
  }

  @Test("comes when the clock was set back")
  func clock() {
    let hourly = SendingMoment(everySeconds: 3600, spread: Spread(of: ["a"]))
    #expect(hourly.isDue(at: Self.time(-86_400), last: Self.time(0)))
    #expect(hourly.isDue(at: Timestamp(secondsSinceEpoch: 0), last: Self.time(0)))
  }

  @Test("parts hosts that all sent in one minute by the next interval")
  func parts() {
    var minutes = [Int](repeating: 0, count: 60)
    for host in 0..<6000 {
      let moment = SendingMoment(everySeconds: 3600, spread: Spread(of: ["web-\(host)"]))
      let first = (1...60).first { moment.isDue(at: Self.time($0 * 60), last: Self.time(0)) }
      minutes[(first ?? 60) - 1] += 1
    }
    #expect((minutes.max() ?? 0) < 150, "\(minutes)")
  }
}
