import Collectors
import Host
import TestSupport
import Testing

@Suite("Descriptors of a process")
struct DescriptorUseTests {
  private static func door(limit: String, tableSize: Int, open: Int) -> FakeDoor {
    FakeDoor(
      files: [
        "/proc/7/limits":
          "Limit  Soft Limit  Hard Limit  Units\nMax open files  \(limit)  4096  files\n",
        "/proc/7/status": "Name:\tnginx\nFDSize:\t\(tableSize)\nGroups:\t\n",
      ],
      directories: ["/proc/7/fd": (0..<open).map(String.init)])
  }

  @Test("are not listed while the table is far from the limit")
  func far() throws {
    let use = try #require(
      DescriptorUse.read(ofProcess: 56, from: CapturedHost.debian12.door).value)
    #expect(use.softLimit == 1024)
    #expect(use.open == .atMost(use.open.upperBound))
    let door = Self.door(limit: "1024", tableSize: 512, open: 400)
    #expect(DescriptorUse.read(ofProcess: 7, from: door).value?.open == .atMost(512))
    #expect(!door.log.calls.contains("/proc/7/fd"))
  }

  @Test("are counted where the table has come near it")
  func near() {
    let door = Self.door(limit: "1024", tableSize: 1024, open: 700)
    let use = DescriptorUse.read(ofProcess: 7, from: door).value
    #expect(use == DescriptorUse(softLimit: 1024, open: .exactly(700)))
  }

  @Test("have no limit where it is unlimited")
  func unlimited() {
    let door = Self.door(limit: "unlimited", tableSize: 1 << 20, open: 1)
    #expect(
      DescriptorUse.read(ofProcess: 7, from: door).value
        == DescriptorUse(softLimit: nil, open: .atMost(1 << 20)))
  }

  @Test("are unknown where they cannot be listed")
  func denied() {
    var door = Self.door(limit: "64", tableSize: 64, open: 1)
    door.failures["/proc/7/fd"] = .denied(.sysPtrace)
    #expect(
      DescriptorUse.read(ofProcess: 7, from: door)
        == .denied(.file("/proc/7/fd"), needs: .sysPtrace))
    #expect(DescriptorUse.read(ofProcess: 8, from: door) == .absent(.file("/proc/8/limits")))
  }

  @Test(
    "refuse a limit of another form",
    arguments: [
      Malformed(
        "no such line", "Max processes 1 2 processes\n", found: "Max processes 1 2 processes",
        expected: "a line of Max open files"),
      Malformed(
        "two words", "Max open files 1 files\n", found: "Max open files 1 files",
        expected: "a soft and a hard limit of files"),
      Malformed(
        "a word", "Max open files many 2 files\n", found: "many",
        expected: "a number or unlimited"),
    ])
  func malformed(_ row: Malformed) {
    #expect(throws: row.failure) { try OpenFileLimit(parsing: row.text) }
  }

  @Test(
    "refuse a table size of another form",
    arguments: [
      Malformed("no such line", "", found: "", expected: "a line of FDSize"),
      Malformed("negative", "FDSize:\t-1\n", found: "FDSize:\t-1", expected: "FDSize and a number"),
    ])
  func malformedSize(_ row: Malformed) {
    #expect(throws: row.failure) { try DescriptorUse.tableSize(parsing: row.text) }
  }

  @Test("never trap on hostile text", arguments: ["limits", "status"])
  func hostile(_ name: String) throws {
    var hostile = HostileText(try CapturedHost.debian12.text("/proc/56/\(name)"))
    hostile.feedText {
      _ = try? OpenFileLimit(parsing: $0)
      _ = try? DescriptorUse.tableSize(parsing: $0)
    }
  }
}
