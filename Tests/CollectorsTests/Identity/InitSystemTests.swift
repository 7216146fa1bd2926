import Collectors
import Host
import TestSupport
import Testing

@Suite("Init system")
struct InitSystemTests {
  struct Machine: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var door: FakeDoor
    var initSystem: InitSystem
  }

  @Test(
    "is told by what it leaves",
    arguments: [
      Machine(
        testDescription: "systemd",
        door: FakeDoor(
          files: ["/proc/1/comm": "systemd\n"], directories: ["/run/systemd/system": []]),
        initSystem: .systemd),
      Machine(
        testDescription: "systemd behind another name",
        door: FakeDoor(files: ["/proc/1/comm": "init\n"], directories: ["/run/systemd/system": []]),
        initSystem: .systemd),
      Machine(
        testDescription: "OpenRC with BusyBox",
        door: FakeDoor(
          files: ["/proc/1/comm": "init\n", "/run/openrc/softlevel": "default"],
          links: ["/sbin/init": "/bin/busybox"]),
        initSystem: .openRC),
      Machine(
        testDescription: "BusyBox",
        door: FakeDoor(
          files: ["/proc/1/comm": "init\n"], links: ["/sbin/init": "/bin/busybox"]),
        initSystem: .busybox),
      Machine(
        testDescription: "System V", door: FakeDoor(files: ["/proc/1/comm": "init\n"]),
        initSystem: .sysV),
      Machine(
        testDescription: "runit", door: FakeDoor(files: ["/proc/1/comm": "runit\n"]),
        initSystem: .runit),
      Machine(
        testDescription: "a container's own process",
        door: FakeDoor(files: ["/proc/1/comm": "nginx\n"]), initSystem: .other("nginx")),
    ])
  func machines(_ row: Machine) {
    #expect(InitSystem.read(from: row.door).value == row.initSystem)
  }

  @Test("is unknown where nothing tells")
  func unknown() {
    #expect(InitSystem.read(from: FakeDoor()) == .absent(.file("/proc/1/comm")))
  }
}
