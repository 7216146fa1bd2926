import Delivery
import Testing

@Suite("The interval of a schedule")
struct ScheduleIntervalTests {
  @Test(
    "is minutes that divide the hour or hours that divide the day",
    arguments: [
      ("1m", 1, "1m", 48), ("5m", 5, "5m", 240), ("30m", 30, "30m", 1440), ("60m", 60, "1h", 2880),
      ("1h", 60, "1h", 2880), ("6h", 360, "6h", 3600), ("24h", 1440, "24h", 3600),
    ])
  func legal(text: String, minutes: Int, description: String, spread: Int) throws {
    let interval = try #require(ScheduleInterval(parsing: text))
    #expect(interval.minutes == minutes)
    #expect(interval.description == description)
    #expect(interval.spreadSeconds == spread)
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "m", "5", "5s", "0m", "7m", "45m", "61m", "120m", "-5m", "+5m", "5 m", "5h", "48h", "1d",
      "٥m", "1.5h", "99999999999999999999m",
    ])
  func illegal(text: String) {
    #expect(ScheduleInterval(parsing: text) == nil)
  }

  @Test(
    "means to systemd what it means to cron",
    .enabled(if: DebianTool.has("systemd-analyze"), "needs systemd-analyze"),
    arguments: ["1m", "5m", "30m", "1h", "6h", "24h"])
  func calendar(text: String) async throws {
    let interval = try #require(ScheduleInterval(parsing: text))
    let schedule = Schedule(
      try ScheduledJob(program: "/usr/bin/clb-agent", interval: interval), kind: .systemd)
    let timer = try #require(schedule.files.last)
    let line = try #require(timer.text.split(separator: "\n").first { $0.hasPrefix("OnCalendar=") })
    let run = try await DebianTool.run(
      "systemd-analyze",
      [
        "calendar", "--iterations=4", "--base-time=2026-03-01 23:58:30 UTC",
        String(line.dropFirst(11)),
      ])
    #expect(run.status == 0, "\(run.errors)")
    let seconds = Self.elapses(run.output)
    try #require(seconds.count == 4, "\(run.output)")
    for (first, second) in zip(seconds, seconds.dropFirst()) {
      #expect((second - first + 86_400) % 86_400 == interval.minutes * 60 % 86_400)
    }
    // As "*/N" and "0 */N" do, it begins with the hour, or the day.
    #expect(seconds.allSatisfy { $0 % (interval.minutes * 60) == 0 })
  }

  /// Seconds of the day of every moment that the tool's answer names.
  private static func elapses(_ output: String) -> [Int] {
    output.split(separator: "\n").filter { $0.contains("UTC") }.compactMap { line in
      let clock = line.split(separator: " ").first { $0.count == 8 && $0.contains(":") }
      let parts = clock?.split(separator: ":").compactMap { Int(String($0)) } ?? []
      return parts.count == 3 ? parts[0] * 3600 + parts[1] * 60 + parts[2] : nil
    }
  }
}
