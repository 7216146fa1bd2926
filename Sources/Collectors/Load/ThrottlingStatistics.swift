package import Host

/// What `cpu.stat` says of a group's quota.
package struct ThrottlingStatistics: Sendable, Hashable {
  package var periods: Int
  package var throttledPeriods: Int
  package var throttledMicroseconds: Int

  /// Parses a `cpu.stat` of either version: a name and a number on each line.
  ///
  /// Version 1 gives the time in nanoseconds as `throttled_time`, version 2 in microseconds as
  /// `throttled_usec`.
  ///
  /// - Throws: the first line that is no name and number, or line 1 of a text that lacks one of the
  ///   three.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    let lines = text.kernelLines
    var numbers: [Substring: Int] = [:]
    for line in lines {
      let words = line.words
      guard words.count == 2, let number = Int(kernelDecimal: words[1]),
        number >= 0
      else {
        throw line.failure(found: line.text, expected: "a name and a number")
      }
      numbers[words[0]] = number
    }
    let microseconds = numbers["throttled_usec"] ?? numbers["throttled_time"].map { $0 / 1000 }
    guard let periods = numbers["nr_periods"], let throttled = numbers["nr_throttled"],
      let microseconds, max(periods, throttled) <= 1 << 53
    else {
      throw ParseFailure(
        line: 1, found: String(lines.first?.text ?? ""),
        expected: "nr_periods, nr_throttled and the throttled time")
    }
    self.periods = periods
    throttledPeriods = throttled
    throttledMicroseconds = microseconds
  }
}
