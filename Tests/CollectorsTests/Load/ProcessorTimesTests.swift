import Collectors
import Host
import Testing

@Suite("Processor times")
struct ProcessorTimesTests {
  @Test("of a real host are read from the first line")
  func realHost() throws {
    let times = try #require(ProcessorTimes.read(from: CapturedHost.debian12.door).value)
    #expect(times.idle > 0)
    #expect((times.steal ?? 0) > 0)
    let share = try #require(times.stealShare())
    #expect((0...1).contains(share))
  }

  @Test(
    "of old kernels have fewer columns",
    arguments: [
      ("cpu  1 2 3 4\n", nil), ("cpu  1 2 3 4 5\n", nil), ("cpu  1 2 3 4 5 6 7\n", nil),
      ("cpu  1 2 3 4 5 6 7 8\n", 8), ("cpu  1 2 3 4 5 6 7 8 9 10 11\n", 8),
    ] as [(String, Int?)])
  func columns(text: String, steal: Int?) throws {
    let times = try ProcessorTimes(parsing: text)
    #expect(times.idle == 4)
    #expect(times.steal == steal)
    #expect((times.stealShare() != nil) == (steal != nil))
  }

  @Test("give the share that was taken between two samples")
  func share() throws {
    let first = try ProcessorTimes(parsing: "cpu  100 0 100 800 0 0 0 0\n")
    let second = try ProcessorTimes(parsing: "cpu  150 0 100 825 0 0 0 25\n")
    #expect(second.stealShare(since: first) == 0.25)
    #expect(second.stealShare() == 25.0 / 1100)
    #expect(second.stealShare(since: second) == nil, "no tick passed")
    #expect(first.stealShare(since: second) == nil, "the counts went back")
    #expect(try ProcessorTimes(parsing: "cpu 0 0 0 0 0 0 0 0\n").stealShare() == nil)
  }

  @Test(
    "refuse another line",
    arguments: [
      Malformed("nothing", "", found: "", expected: "cpu and at least four numbers"),
      Malformed(
        "one processor", "cpu0 1 2 3 4\n", found: "cpu0 1 2 3 4",
        expected: "cpu and at least four numbers"),
      Malformed(
        "three numbers", "cpu 1 2 3\n", found: "cpu 1 2 3",
        expected: "cpu and at least four numbers"),
      Malformed("a word", "cpu 1 2 x 4\n", found: "x", expected: "a count of ticks"),
      Malformed("negative", "cpu 1 2 3 -4\n", found: "-4", expected: "a count of ticks"),
      Malformed(
        "a sum past 64 bits", "cpu 9223372036854775807 1 1 1\n", found: "9223372036854775807",
        expected: "a count of ticks"),
    ])
  func malformed(_ row: Malformed) {
    #expect(throws: row.failure) { try ProcessorTimes(parsing: row.text) }
  }
}
