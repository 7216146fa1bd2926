import Collectors
import Host
import Testing

@Suite("Protocol counters")
struct ProtocolCountersTests {
  @Test("of a real host are found by name")
  func realHost() throws {
    let counters = NetworkCounters.read(from: CapturedHost.debian12.door)
    #expect(counters[.listenOverflows].value == 6)
    #expect(counters[CounterName(rawValue: "Tcp.OutRsts")].value != nil)
    #expect(counters[CounterName(rawValue: "Udp.NoPorts")].value != nil)
    #expect(counters[CounterName(rawValue: "Tcp.MaxConn")].value == -1)
    #expect(counters[CounterName(rawValue: "Ip6InReceives")].value != nil)
    #expect(counters[CounterName(rawValue: "Icmp.OutRateLimitGlobal")].value != nil)
    #expect(counters.routing.value?.sum(of: "in_martian_src") == 0)
    #expect(counters.routing.value?.entries == counters.routing.value?.rows.first?.first)
    #expect(counters.conntrack.value?.sum(of: "early_drop") == 0)
  }

  @Test("differ by kernel, and one that is not there is absent and never 0")
  func kernels() throws {
    let old = NetworkCounters.read(from: CapturedHost.centOS7.door)
    #expect(old[.timestampRejectedSYNs].value == 5120)
    #expect(old[.listenOverflows].value == 17)
    #expect(old[.synQueueDrops] == .absent(.file("/proc/net/netstat")))
    let noPorts = CounterName(rawValue: "Udp.NoPorts")
    #expect(old[noPorts] == .absent(.file("/proc/net/snmp")), "the file is missing")
    #expect(old.conntrack == .absent(.file("/proc/net/stat/nf_conntrack")))
    let new = NetworkCounters.read(from: CapturedHost.debian12.door)
    #expect(new[.timestampRejectedSYNs] == .absent(.file("/proc/net/netstat")))
    #expect(new[.synQueueDrops].value == 0)
  }

  @Test("may be negative, as they are or printed without a sign")
  func negative() throws {
    let counters = try ProtocolCounters(
      parsing: "Tcp: MaxConn CurrEstab InSegs\nTcp: -1 18446744073709551615 9223372036854775807\n")
    #expect(counters[CounterName(rawValue: "Tcp.MaxConn")] == -1)
    #expect(counters[CounterName(rawValue: "Tcp.CurrEstab")] == -1)
    #expect(counters[CounterName(rawValue: "Tcp.InSegs")] == Int.max)
    #expect(counters.count == 3)
  }

  @Test("of no groups are none")
  func empty() throws {
    #expect(try ProtocolCounters(parsing: "").count == 0)
    #expect(try ProtocolCounters(parsingNamePerLine: "").count == 0)
    #expect(try ProtocolCounters(parsing: "Udp:\nUdp:\n").count == 0)
  }

  @Test(
    "name the line that is not of the form",
    arguments: [
      Malformed(
        "a number less", "Ip: A B\nIp: 1\n", line: 2, found: "1 numbers",
        expected: "2, one for each name in line 1"),
      Malformed(
        "a number more", "Ip: A\nIp: 1\nTcp: A\nTcp: 1 2\n", line: 4, found: "2 numbers",
        expected: "1, one for each name in line 3"),
      Malformed(
        "another group", "Ip: A\nTcp: 1\n", line: 2, found: "Tcp:", expected: "Ip:"),
      Malformed("a word", "Ip: A\nIp: x\n", line: 2, found: "x", expected: "a number for A"),
      Malformed(
        "names without numbers", "Ip: A\n", line: 1, found: "Ip: A",
        expected: "a line of numbers below it"),
      Malformed(
        "no group", "A B\n1 2\n", line: 1, found: "A B", expected: "a group's name and a colon"),
      Malformed("an empty line", "Ip: A\n\n", line: 2, found: "", expected: "Ip:"),
    ])
  func malformed(_ row: Malformed) {
    #expect(throws: row.failure) { try ProtocolCounters(parsing: row.text) }
  }

  @Test(
    "of IPv6 refuse a line that is no name and number",
    arguments: [
      Malformed(
        "a name alone", "Ip6A 1\nIp6B\n", line: 2, found: "Ip6B", expected: "a name and a number"),
      Malformed("a word", "Ip6A x\n", found: "Ip6A x", expected: "a name and a number"),
    ])
  func malformedNamePerLine(_ row: Malformed) {
    #expect(throws: row.failure) { try ProtocolCounters(parsingNamePerLine: row.text) }
  }

  @Test("never trap on hostile text", arguments: ["netstat", "snmp", "snmp6"])
  func hostile(_ name: String) throws {
    var hostile = HostileText(
      String(try CapturedHost.debian12.text("/proc/net/\(name)").prefix(2500)))
    hostile.feedText {
      _ = try? ProtocolCounters(parsing: $0)
      _ = try? ProtocolCounters(parsingNamePerLine: $0)
    }
  }
}
