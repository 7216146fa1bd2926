import Testing

@testable import Collectors

@Suite("The unit of a process")
struct UnitMembershipTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var groups: String
    var command = "nginx"
    var unit: UnitMembership?
  }

  @Test(
    "is read out of its control group",
    arguments: [
      Row(
        testDescription: "a service", groups: "0::/system.slice/nginx.service\n",
        unit: .system("nginx.service")),
      Row(
        testDescription: "a group below its service",
        groups: "4:cpu:/x.service\n1:name=systemd:/a/b.service/c\n", unit: .system("b.service")),
      Row(
        testDescription: "the older hierarchy beside an empty newer one",
        groups: "1:name=systemd:/system.slice/a.service\n0::/\n", unit: .system("a.service")),
      Row(
        testDescription: "a user's service",
        groups: "0::/user.slice/user-1000.slice/user@1000.service/app.slice/x.service\n",
        unit: .user("x.service", userID: 1000)),
      Row(
        testDescription: "a user's manager itself",
        groups: "0::/user.slice/user-1000.slice/user@1000.service/init.scope\n"),
      Row(
        testDescription: "a terminal of a user's desktop",
        groups: "0::/user.slice/user-1000.slice/user@1000.service/app.slice/vte-7.scope\n"),
      Row(
        testDescription: "a session of ssh",
        groups: "0::/user.slice/user-0.slice/session-3.scope\n"),
      Row(testDescription: "a container", groups: "0::/system.slice/docker-abc.scope\n"),
      Row(
        testDescription: "a service of a container's own systemd",
        groups: "0::/system.slice/docker-abc.scope/system.slice/nginx.service\n"),
      Row(testDescription: "started by cron", groups: "0::/system.slice/cron.service\n"),
      Row(
        testDescription: "started from ssh without sessions",
        groups: "1:name=systemd:/system.slice/sshd.service\n", command: "python3"),
      Row(
        testDescription: "ssh itself", groups: "0::/system.slice/ssh.service\n", command: "sshd",
        unit: .system("ssh.service")),
      Row(testDescription: "the root", groups: "0::/\n"),
      Row(testDescription: "another hierarchy", groups: "4:cpu:/x.service\n"),
      Row(testDescription: "nothing", groups: ""),
      Row(testDescription: "garbage", groups: "garbage\n::\n0::user@.service/user@x.service"),
    ])
  func unit(_ row: Row) {
    #expect(UnitMembership(controlGroups: row.groups, command: row.command) == row.unit)
  }

  @Test("never traps")
  func hostile() {
    var hostile = HostileText(
      "0::/user.slice/user-1000.slice/user@1000.service/app.slice/x.service\n", seed: 9)
    hostile.feedText { text in _ = UnitMembership(controlGroups: text, command: "x") }
  }
}
