/// A moment in UTC, as clock_gettime(2) with `CLOCK_REALTIME` gives it.
package struct Timestamp: Sendable, Hashable {
  /// Seconds since 1970-01-01T00:00:00Z, within the years 0 to 9999.
  package let secondsSinceEpoch: Int64
  /// 0–999,999,999, always counted forwards from the second.
  package let nanoseconds: Int

  /// The moment, or the nearest one that RFC 3339 can write.
  package init(secondsSinceEpoch: Int64, nanoseconds: Int = 0) {
    self.secondsSinceEpoch = min(max(secondsSinceEpoch, -62_167_219_200), 253_402_300_799)
    self.nanoseconds = min(max(nanoseconds, 0), 999_999_999)
  }

  /// RFC 3339 in UTC to the millisecond, cut, not rounded: `2026-03-01T08:15:30.123Z`.
  package var rfc3339: String {
    let fraction = Self.digits(nanoseconds / 1_000_000, count: 3)
    return "\(dateAndTime).\(fraction)Z"
  }

  /// RFC 3339 in UTC to the second: `2026-03-01T08:15:30Z`.
  package var rfc3339Seconds: String { "\(dateAndTime)Z" }

  private var dateAndTime: String {
    let (days, second) = Self.floorDivide(secondsSinceEpoch, by: 86_400)
    let (year, month, day) = Self.civilDate(daysSinceEpoch: days)
    let date = [Self.digits(year, count: 4), Self.digits(month), Self.digits(day)]
    let time = [second / 3600, second / 60 % 60, second % 60].map { Self.digits($0) }
    return date.joined(separator: "-") + "T" + time.joined(separator: ":")
  }

  /// The date in the Gregorian calendar, also before its time.
  ///
  /// Years are counted from 1 March, so that the leap day is the last of its year.
  private static func civilDate(daysSinceEpoch: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = floorDivide(Int64(daysSinceEpoch + 719_468), by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func floorDivide(_ value: Int64, by divisor: Int64) -> (quotient: Int, rest: Int) {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (Int(quotient - 1), Int(rest + divisor)) : (Int(quotient), Int(rest))
  }

  private static func digits(_ value: Int, count: Int = 2) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
