import Collectors
import Host
import TestSupport
import Testing

@Suite("Identity")
struct HostIdentityTests {
  @Test("of a real host is read whole")
  func realHost() throws {
    let identity = HostIdentity.read(from: CapturedHost.debian12.door)
    #expect(identity.hostname.value == "web-1")
    #expect(identity.distribution.value?.id == "debian")
    #expect(identity.distribution.value?.version == "12")
    #expect(identity.distribution.value?.packageManager == .apt)
    #expect(identity.kernel.value?.isAtLeast(6, 18, 44) == true)
    #expect(identity.machineID == .absent(.file("/etc/machine-id")))
  }

  @Test("is the machine's, in its newer file or in D-Bus's older one")
  func machineID() {
    let digits = "0123456789abcdef0123456789abcdef"
    let newer = FakeDoor(files: [
      "/etc/machine-id": digits + "\n", "/var/lib/dbus/machine-id": "x\n",
    ])
    #expect(
      HostIdentity.read(from: newer).machineID == .value(digits, from: .file("/etc/machine-id")))
    let older = FakeDoor(files: ["/var/lib/dbus/machine-id": digits + "\n"])
    #expect(
      HostIdentity.read(from: older).machineID
        == .value(digits, from: .file("/var/lib/dbus/machine-id")))
  }

  @Test(
    "is no machine's where its file says something else",
    arguments: [
      "uninitialized\n", "", "0123456789ABCDEF0123456789ABCDEF\n", "0123456789abcdef\n",
    ])
  func noMachineID(_ text: String) throws {
    #expect(throws: ParseFailure.self) { try HostIdentity.machineID(parsing: text) }
  }

  struct Release: Sendable {
    var text: String
    var numbers: [Int]
  }

  @Test(
    "has a kernel by its numbers",
    arguments: [
      Release(text: "3.10.0-1160.el7.x86_64", numbers: [3, 10, 0]),
      Release(text: "2.6.32-754.el6.x86_64", numbers: [2, 6, 32]),
      Release(text: "5.4.0-150-generic", numbers: [5, 4, 0]),
      Release(text: "5.4.119-19.0009.28", numbers: [5, 4, 119]),
      Release(text: "6.18.44-fc-v509", numbers: [6, 18, 44]),
      Release(text: "6.1-rc3.x86_64", numbers: [6, 1, 0]),
      Release(text: "6.1", numbers: [6, 1, 0]),
      Release(text: "6.1.0+", numbers: [6, 1, 0]),
    ])
  func kernel(_ row: Release) throws {
    let release = try KernelRelease(parsing: row.text + "\n")
    #expect([release.major, release.minor, release.patch] == row.numbers)
    #expect(release.text == row.text)
  }

  @Test("orders kernels by number, not by text")
  func order() throws {
    let release = try KernelRelease(parsing: "4.9.337")
    #expect(release.isAtLeast(4, 9, 337))
    #expect(release.isAtLeast(3, 10))
    #expect(!release.isAtLeast(4, 10))
  }

  @Test(
    "has no kernel in other text",
    arguments: [
      Malformed("nothing", "", found: "", expected: "a release such as 3.10.0"),
      Malformed("a word", "linux\n", found: "linux", expected: "a release such as 3.10.0"),
      Malformed("one number", "6\n", found: "6", expected: "a release such as 3.10.0"),
      Malformed("no minor", "6.x.1\n", found: "6.x.1", expected: "a release such as 3.10.0"),
      Malformed("negative", "-6.1.1\n", found: "-6.1.1", expected: "a release such as 3.10.0"),
    ])
  func malformedKernel(_ row: Malformed) {
    #expect(throws: row.failure) { try KernelRelease(parsing: row.text) }
  }

  @Test("never traps on hostile text")
  func hostile() throws {
    var release = HostileText("3.10.0-1160.el7.x86_64\n")
    release.feedText {
      _ = try? KernelRelease(parsing: $0)
      _ = try? HostIdentity.machineID(parsing: $0)
      _ = try? HostIdentity.firstWord(parsing: $0)
    }
  }
}
