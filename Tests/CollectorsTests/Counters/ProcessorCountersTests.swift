import Collectors
import Host
import Testing

@Suite("Counters by processor")
struct ProcessorCountersTests {
  @Test("are hexadecimal, summed by name, and the table's entries are not")
  func sums() throws {
    let counters = try ProcessorCounters(
      parsing: "entries  drop early_drop\n00000012 0000000f 00000000\n00000012 00000001 000000ff\n")
    #expect(counters.names == ["entries", "drop", "early_drop"])
    #expect(counters.entries == 18)
    #expect(counters.sum(of: "drop") == 16)
    #expect(counters.sum(of: "early_drop") == 255)
    #expect(counters.sum(of: "insert_failed") == nil)
  }

  @Test("of a header alone are none, not 0 entries")
  func headerOnly() throws {
    #expect(try ProcessorCounters(parsing: "entries drop\n").entries == nil)
  }

  @Test(
    "name the line that is not of the form",
    arguments: [
      Malformed("nothing", "", found: "", expected: "a header of names"),
      Malformed(
        "a number less", "a b\n1 2\n1\n", line: 3, found: "1 numbers",
        expected: "2, one for each name"),
      Malformed(
        "no hexadecimal", "a\n0g\n", line: 2, found: "0g",
        expected: "a hexadecimal number of at most 32 bits"),
      Malformed(
        "a negative number", "a\n-1\n", line: 2, found: "-1",
        expected: "a hexadecimal number of at most 32 bits"),
      Malformed(
        "33 bits", "a\n100000000\n", line: 2, found: "100000000",
        expected: "a hexadecimal number of at most 32 bits"),
    ])
  func malformed(_ row: Malformed) {
    #expect(throws: row.failure) { try ProcessorCounters(parsing: row.text) }
  }

  @Test(
    "never trap on hostile text", arguments: ["stat/rt_cache", "stat/nf_conntrack"])
  func hostile(_ name: String) throws {
    var hostile = HostileText(try CapturedHost.debian12.text("/proc/net/\(name)"))
    hostile.feedText { _ = try ProcessorCounters(parsing: $0) }
  }
}
