import Collectors
import Host
import TestSupport
import Testing

@Suite("Load")
struct LoadTests {
  @Test("averages are read, with the tasks")
  func average() throws {
    let load = try LoadAverage(parsing: "0.31 10.46 0.56 2/116 8333\n")
    #expect(load.oneMinute == 0.31)
    #expect(load.fiveMinutes == 10.46)
    #expect(load.fifteenMinutes == 0.56)
    #expect(load.runnableTasks == 2)
    #expect(load.totalTasks == 116)
    #expect(LoadAverage.read(from: CapturedHost.debian12.door).value != nil)
  }

  @Test(
    "averages say what is wrong with their line",
    arguments: [
      Malformed("nothing", "", found: "", expected: "three averages and running/total tasks"),
      Malformed(
        "three words", "0.1 0.2 0.3\n", found: "0.1 0.2 0.3",
        expected: "three averages and running/total tasks"),
      Malformed("no fraction", "nan 0.2 0.3 1/2 3\n", found: "nan", expected: "a decimal fraction"),
      Malformed("an exponent", "1e3 0.2 0.3 1/2 3\n", found: "1e3", expected: "a decimal fraction"),
      Malformed("no tasks", "0.1 0.2 0.3 12 3\n", found: "12", expected: "running/total tasks"),
    ])
  func malformedAverage(_ row: Malformed) {
    #expect(throws: row.failure) { try LoadAverage(parsing: row.text) }
  }

  @Test(
    "processors are counted in the kernel's list",
    arguments: [
      ("0\n", 1), ("0-3\n", 4), ("0-3,5\n", 5), ("0,2,4-7,9\n", 7), ("0-65535\n", 65536),
    ])
  func processors(list: String, count: Int) throws {
    #expect(try ProcessorCount(parsingList: list).online == count)
  }

  @Test(
    "processors refuse a list of another form",
    arguments: [
      Malformed("nothing", "", found: "", expected: "a list of processors"),
      Malformed(
        "a falling range", "3-0\n", found: "3-0",
        expected: "a processor's number or a range of them"),
      Malformed("a gap", "0,,1\n", found: "", expected: "a processor's number or a range of them"),
      Malformed("no end", "0-\n", found: "0-", expected: "a processor's number or a range of them"),
      Malformed(
        "three ends", "0-1-2\n", found: "0-1-2", expected: "a processor's number or a range of them"
      ),
      Malformed(
        "too many", "0-99999999999\n", found: "0-99999999999",
        expected: "a processor's number or a range of them"),
    ])
  func malformedList(_ row: Malformed) throws {
    #expect(throws: (any Error).self) { try ProcessorCount(parsingList: row.text) }
    guard !row.text.isEmpty else { return }
    #expect(throws: row.failure) { try ProcessorCount(parsingList: row.text) }
  }

  @Test("processors are counted in the statistics where sysfs is not mounted")
  func processorsWithoutSysfs() throws {
    let statistics = try CapturedHost.debian12.text("/proc/stat")
    #expect(
      ProcessorCount.read(from: FakeDoor(files: ["/proc/stat": statistics])).value?.online == 2)
    #expect(ProcessorCount.read(from: CapturedHost.debian12.door).value?.online == 2)
    #expect(ProcessorCount.read(from: FakeDoor()) == .absent(.file("/proc/stat")))
    #expect(throws: ParseFailure.self) { try ProcessorCount(parsingStatistics: "cpu  1 2 3 4\n") }
  }

  @Test("memory is in bytes, and what a kernel does not tell is nil")
  func memory() throws {
    let memory = try #require(Memory.read(from: CapturedHost.debian12.door).value)
    #expect(memory.totalBytes == 24_684_100 << 10)
    #expect((memory.availableBytes ?? 0) > 0)
    let old = try Memory(parsing: "MemTotal: 1024 kB\nMemFree: 1 kB\nHugePages_Total: 0\n")
    #expect(old.totalBytes == 1 << 20)
    #expect(old.availableBytes == nil)
    #expect(old.swapTotalBytes == nil)
  }

  @Test(
    "memory refuses a wanted line of another form",
    arguments: [
      Malformed(
        "no total", "MemFree: 1 kB\n", found: "MemFree: 1 kB", expected: "a line of MemTotal"),
      Malformed("nothing", "", found: "", expected: "a line of MemTotal"),
      Malformed(
        "no unit", "MemTotal: 5\n", found: "MemTotal: 5", expected: "a name, a number and kB"),
      Malformed(
        "another unit", "A: 1\nMemTotal: 5 MB\n", line: 2, found: "MemTotal: 5 MB",
        expected: "a name, a number and kB"),
      Malformed(
        "too much", "MemTotal: 9223372036854775807 kB\n", found: "MemTotal: 9223372036854775807 kB",
        expected: "a name, a number and kB"),
      Malformed(
        "negative", "MemTotal: -5 kB\n", found: "MemTotal: -5 kB",
        expected: "a name, a number and kB"),
    ])
  func malformedMemory(_ row: Malformed) {
    #expect(throws: row.failure) { try Memory(parsing: row.text) }
  }

  @Test(
    "never traps on hostile text",
    arguments: [
      "/proc/loadavg", "/sys/devices/system/cpu/online", "/proc/stat", "/proc/meminfo",
    ])
  func hostile(_ path: String) throws {
    var hostile = HostileText(try CapturedHost.debian12.text(path))
    hostile.feedText {
      _ = try? LoadAverage(parsing: $0)
      _ = try? ProcessorCount(parsingList: $0)
      _ = try? ProcessorCount(parsingStatistics: $0)
      _ = try? ProcessorTimes(parsing: $0).stealShare()
      _ = try? Memory(parsing: $0)
    }
  }
}
