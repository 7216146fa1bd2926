extension Timestamp {
  /// Parses what `rfc3339` writes: UTC with three digits of fraction; `nil` for any other form.
  package init?(rfc3339 text: String) {
    // 2026-03-01T08:15:30.123Z: digits, and marks at fixed places.
    let form = Array("dddd-dd-ddTdd:dd:dd.dddZ".utf8)
    let bytes = Array(text.utf8)
    guard bytes.count == form.count,
      zip(bytes, form).allSatisfy({ byte, mark in
        mark == UInt8(ascii: "d")
          ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == mark
      })
    else { return nil }
    func number(_ places: Range<Int>) -> Int {
      bytes[places].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
    let (month, day) = (number(5..<7), number(8..<10))
    guard (1...12).contains(month), (1...31).contains(day), number(11..<13) < 24,
      number(14..<16) < 60, number(17..<19) < 60
    else { return nil }
    let days = Timestamp.daysSinceEpoch(year: number(0..<4), month: month, day: day)
    let second = number(11..<13) * 3600 + number(14..<16) * 60 + number(17..<19)
    self.init(
      secondsSinceEpoch: Int64(days * 86_400 + second), nanoseconds: number(20..<23) * 1_000_000)
  }

  /// Counts years from 1 March, so that the leap day is the last of its year.
  private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
