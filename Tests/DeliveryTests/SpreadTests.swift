import Testing

@testable import Delivery

@Suite("The spread of a fleet")
struct SpreadTests {
  @Test("is the same for one host at each run")
  func stable() {
    let one = Spread(of: ["machine", "web-1", "52:54:00:00:00:01"])
    #expect(
      one.offsetMilliseconds(withinSeconds: 300)
        == Spread(of: ["machine", "web-1", "52:54:00:00:00:01"])
        .offsetMilliseconds(withinSeconds: 300))
    #expect((0..<300_000).contains(one.offsetMilliseconds(withinSeconds: 300)))
    #expect(one.offsetMilliseconds(withinSeconds: 0) == 0)
  }

  @Test("tells words from their joins")
  func words() {
    #expect(Spread(of: ["ab", "c"]) != Spread(of: ["a", "bc"]))
  }

  @Test(
    "fills the interval evenly, even with hosts of one image that differ in a card's last digit")
  func even() {
    let hosts = 30_000
    var seconds = [Int](repeating: 0, count: 300)
    for host in 0..<hosts {
      let spread = Spread(of: ["one image", "web", "52:54:00:00:00:\(String(host, radix: 16))"])
      seconds[spread.offsetMilliseconds(withinSeconds: 300) / 1000] += 1
    }
    // 100 a second on average; the standard deviation of a fair draw is 10.
    #expect((seconds.max() ?? 0) < 150 && (seconds.min() ?? 0) > 50)
  }
}
