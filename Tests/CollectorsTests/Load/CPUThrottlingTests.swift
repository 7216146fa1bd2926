import Collectors
import Host
import TestSupport
import Testing

@Suite("Throttling of control groups")
struct CPUThrottlingTests {
  @Test("is found in version 1, in nanoseconds, whatever order the controllers have")
  func version1() throws {
    let found = try #require(
      CPUThrottling.read(ofProcess: 7, from: CapturedHost.centOS7.door).value)
    #expect(
      found == [
        CPUThrottling(
          group: "/docker/7d3f", quotaMicroseconds: 50_000, periodMicroseconds: 100_000,
          periods: 1200, throttledPeriods: 300, throttledMicroseconds: 45_000_000)
      ])
  }

  @Test("is found in version 2, in the group and in those around it")
  func version2() throws {
    let root = "/sys/fs/cgroup"
    let statistics =
      "usage_usec 9\nnr_periods 10\nnr_throttled 4\nthrottled_usec 1234\nnr_bursts 0\n"
    let door = FakeDoor(files: [
      "/proc/9/cgroup": "0::/kube.slice/pod.slice/web\n",
      "\(root)/kube.slice/pod.slice/web/cpu.max": "max 100000\n",
      "\(root)/kube.slice/pod.slice/cpu.max": "200000 100000\n",
      "\(root)/kube.slice/pod.slice/cpu.stat": statistics,
      "\(root)/kube.slice/cpu.max": "max 100000\n",
    ])
    let found = try #require(CPUThrottling.read(ofProcess: 9, from: door).value)
    #expect(found.map(\.group) == ["/kube.slice/pod.slice"])
    #expect(found.first?.throttledMicroseconds == 1234)
    #expect(found.first?.quotaMicroseconds == 200_000)
  }

  @Test("does not happen at the root, or where the hierarchy with the controller has no group")
  func hybrid() {
    // The capture's process is in a group of version 2, but "cpu" is in version 1, at the root.
    let found = CPUThrottling.read(ofProcess: 56, from: CapturedHost.debian12.door)
    #expect(found == .value([], from: .file("/proc/56/cgroup")))
  }

  @Test("is not looked for outside of the agent's own control group namespace")
  func outside() {
    let door = FakeDoor(files: ["/proc/9/cgroup": "0::/../other\n"])
    #expect(CPUThrottling.read(ofProcess: 9, from: door).value == [])
    #expect(door.log.calls == ["/proc/9/cgroup"])
  }

  @Test("is unknown where a file of it is refused or not understood")
  func missing() {
    let group = "/sys/fs/cgroup/web"
    var door = FakeDoor(
      files: ["/proc/9/cgroup": "0::/web\n", "\(group)/cpu.max": "1000 100000\n"],
      failures: ["\(group)/cpu.stat": .denied(.dacReadSearch)])
    #expect(
      CPUThrottling.read(ofProcess: 9, from: door)
        == .denied(.file("\(group)/cpu.stat"), needs: .dacReadSearch))
    door.failures = [:]
    door.files["\(group)/cpu.stat"] = "usage_usec 1\n"
    #expect(
      CPUThrottling.read(ofProcess: 9, from: door).reasonMissing
        == "\(group)/cpu.stat: line 1: \"usage_usec 1\": expected nr_periods, nr_throttled and the "
        + "throttled time")
    door.files["\(group)/cpu.max"] = "none\n"
    #expect(CPUThrottling.read(ofProcess: 9, from: door).value == nil)
    #expect(CPUThrottling.read(ofProcess: 8, from: door) == .absent(.file("/proc/8/cgroup")))
  }

  @Test("tells which part of the periods it took, and refuses counts that nobody can multiply")
  func share() throws {
    let used = CPUThrottling(
      group: "/a", quotaMicroseconds: 1, periodMicroseconds: 1, periods: 400, throttledPeriods: 100,
      throttledMicroseconds: 9)
    #expect(used.throttledShare == 0.25)
    var idle = used
    idle.periods = 0
    #expect(idle.throttledShare == nil)
    #expect(throws: ParseFailure.self) {
      try ThrottlingStatistics(
        parsing: "nr_periods 9223372036854775807\nnr_throttled 1\nthrottled_usec 1\n")
    }
  }

  @Test("groups are taken apart, colons in a path included")
  func groups() throws {
    let groups = try ControlGroups(parsing: "4:cpu,cpuacct:/a\n1:name=systemd:/a:b\n0::/c\n")
    #expect(groups.memberships.map(\.path) == ["/a", "/a:b", "/c"])
    #expect(groups.memberships.map(\.controllers) == [["cpu", "cpuacct"], ["name=systemd"], []])
    #expect(groups.processorGroup?.path == "/a")
    #expect(try ControlGroups(parsing: "").processorGroup == nil)
  }

  @Test(
    "groups refuse a line of another form",
    arguments: [
      Malformed(
        "two parts", "0::/a\n4:cpu\n", line: 2, found: "4:cpu", expected: "number:controllers:/path"
      ),
      Malformed("no number", "x:cpu:/\n", found: "x:cpu:/", expected: "number:controllers:/path"),
      Malformed("no path", "4:cpu:\n", found: "4:cpu:", expected: "number:controllers:/path"),
    ])
  func malformed(_ row: Malformed) {
    #expect(throws: row.failure) { try ControlGroups(parsing: row.text) }
  }

  @Test("never traps on hostile text")
  func hostile() throws {
    var groups = HostileText(try CapturedHost.debian12.text("/proc/56/cgroup"))
    groups.feedText { _ = try ControlGroups(parsing: $0).processorGroup }
    var statistics = HostileText("nr_periods 1200\nnr_throttled 300\nthrottled_time 45000000000\n")
    statistics.feedText { _ = try ThrottlingStatistics(parsing: $0) }
  }
}
