/// The time from one scheduled run to the next: minutes that divide the hour, or hours that divide the day.
///
/// Other intervals cannot be said in cron's fields: `*/7` runs at :56 and again at :00.
package struct ScheduleInterval: Sendable, Hashable {
  /// 1–1440.
  package let minutes: Int

  /// Five minutes.
  package static let standard = ScheduleInterval(checkedMinutes: 5)

  package static let expected =
    "minutes that divide the hour (1m to 60m) or hours that divide the day (1h to 24h), as 5m"

  private init(checkedMinutes: Int) { minutes = checkedMinutes }

  /// Parses `5m` or `6h`; `nil` for anything else.
  package init?(parsing text: String) {
    guard let unit = text.last, unit == "m" || unit == "h", text.utf8.count <= 3,
      text.dropLast().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(text.dropLast()), number > 0
    else { return nil }
    guard (unit == "m" ? 60 : 24).isMultiple(of: number) else { return nil }
    minutes = unit == "m" ? number : number * 60
  }

  /// The five time fields of crontab(5).
  var cronFields: String {
    switch minutes {
    case 1: "* * * * *"
    case ..<60: "*/\(minutes) * * * *"
    case 60: "0 * * * *"
    case ..<1440: "0 */\(minutes / 60) * * *"
    default: "0 0 * * *"
    }
  }

  /// The same as `OnCalendar=` of systemd.time(7).
  var calendar: String {
    switch minutes {
    case ..<60: "*:0/\(minutes)"
    case 60: "*:00"
    case ..<1440: "0/\(minutes / 60):00"
    default: "00:00"
    }
  }

  /// Seconds below which each host has its own offset.
  ///
  /// Four fifths of the interval, so that a run has ended when the next is due: systemd drops a start that
  /// comes while the unit is still running. At most an hour, for reports shall not be older than that.
  package var spreadSeconds: Int { min(minutes * 48, 3600) }
}

extension ScheduleInterval: CustomStringConvertible {
  package var description: String {
    minutes >= 60 ? "\(minutes / 60)h" : "\(minutes)m"
  }
}
