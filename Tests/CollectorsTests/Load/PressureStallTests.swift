import Collectors
import Host
import TestSupport
import Testing

@Suite("Pressure")
struct PressureStallTests {
  @Test("is read for all three resources")
  func realHost() throws {
    let pressure = Pressure.read(from: CapturedHost.debian12.door)
    #expect((pressure.cpu.value?.some?.totalMicroseconds ?? 0) > 0)
    #expect(pressure.cpu.value?.full?.totalMicroseconds == 0)
    #expect(pressure.memory.value?.some?.average10 == 0)
    #expect(pressure.io.value?.full != nil)
  }

  @Test("has each number in its place")
  func places() throws {
    let stall = try PressureStall(
      parsing: "some avg10=6.03 avg60=1.59 avg300=4.79 total=77904845\nother x\n")
    #expect(
      stall.some
        == .init(average10: 6.03, average60: 1.59, average300: 4.79, totalMicroseconds: 77_904_845))
    #expect(stall.full == nil, "kernels before 5.13 have no such line for the processor")
  }

  @Test("is absent before 4.20 and where it is switched off")
  func absent() {
    let off = FakeDoor(failures: [
      "/proc/pressure/cpu": .failed(
        .system(call: "read", error: "EOPNOTSUPP, operation not supported")),
      "/proc/pressure/io": .failed(.system(call: "read", error: "EIO, input/output error")),
    ])
    let pressure = Pressure.read(from: off)
    #expect(pressure.cpu == .absent(.file("/proc/pressure/cpu")))
    #expect(pressure.memory == .absent(.file("/proc/pressure/memory")))
    #expect(pressure.io.reasonMissing == "/proc/pressure/io: read: EIO, input/output error")
  }

  @Test(
    "says where and why",
    arguments: [
      Malformed(
        "total is a word", "some avg10=0.00 avg60=0.00 avg300=0.00 total=many\n",
        found: "total=many", expected: "total=UInt64"),
      Malformed(
        "an average is missing", "some avg10=0.00 avg300=0.00 total=0\n", found: "avg300=0.00",
        expected: "avg60=0.00"),
      Malformed(
        "the line ends early", "some avg10=0.00 avg60=0.00 avg300=0.00\n",
        found: "some avg10=0.00 avg60=0.00 avg300=0.00", expected: "total=UInt64"),
      Malformed(
        "an average is negative",
        "some avg10=0.00 avg60=0.00 avg300=0.00 total=1\nfull avg10=-1.00 avg60=0 avg300=0 total=0\n",
        line: 2, found: "avg10=-1.00", expected: "avg10=0.00"),
      Malformed("nothing", "", found: "", expected: "a line of some or full"),
      Malformed(
        "another kind", "most x=1\n", found: "most x=1", expected: "a line of some or full"),
    ])
  func malformed(_ row: Malformed) {
    #expect(throws: row.failure) { try PressureStall(parsing: row.text) }
  }

  @Test("never traps on hostile text")
  func hostile() throws {
    var hostile = HostileText(try CapturedHost.debian12.text("/proc/pressure/io"))
    hostile.feedText { _ = try PressureStall(parsing: $0) }
  }
}
