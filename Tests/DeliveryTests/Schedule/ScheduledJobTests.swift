import Delivery
import Testing

@Suite("A scheduled job")
struct ScheduledJobTests {
  @Test(
    "is refused where a schedule could not hold its paths",
    arguments: [
      "", "clb-agent", "./clb-agent", "/opt/a\nb", "/opt/a\\b", "/opt/\u{7F}", "/opt/\u{85}",
    ])
  func paths(path: String) {
    let expected = "an absolute path without control characters and backslashes"
    #expect(throws: ScheduleError.self) { try ScheduledJob(program: path) }
    #expect(throws: ScheduleError.illegal(option: "--config", found: path, expected: expected)) {
      try ScheduledJob(program: "/usr/bin/clb-agent", config: path)
    }
    #expect(throws: ScheduleError.illegal(option: "--writable", found: path, expected: expected)) {
      try ScheduledJob(program: "/usr/bin/clb-agent", writableDirectories: [path])
    }
  }

  @Test(
    "is refused for a program's name that systemd would not take",
    arguments: ["/a\"b", "/it's", "/$HOME/a"])
  func programs(path: String) throws {
    #expect(throws: ScheduleError.self) { try ScheduledJob(program: path) }
    #expect(try ScheduledJob(program: "/usr/bin/clb-agent", config: path).config == path)
  }

  @Test(
    "is refused for what is no user's name",
    arguments: [
      "", "a b", "root * * * *", "0", "-u", "a\nb", "ünal", String(repeating: "a", count: 33),
    ])
  func users(name: String) {
    #expect(throws: ScheduleError.self) {
      try ScheduledJob(program: "/usr/bin/clb-agent", user: name)
    }
  }
}
