import Reporting

/// The value of a sample, exact to the millisecond where it is a time.
enum MetricValue: Sendable, Hashable {
  case count(Int)
  case milliseconds(Int)
  /// Seconds since 1970.
  case moment(Timestamp)

  static func flag(_ isSet: Bool) -> MetricValue { .count(isSet ? 1 : 0) }

  /// As the format has it: a decimal number without exponent.
  var text: String {
    switch self {
    case .count(let count): String(count)
    case .milliseconds(let milliseconds):
      Self.decimal(milliseconds / 1000, thousandths: milliseconds % 1000)
    case .moment(let moment):
      Self.decimal(
        Int(moment.secondsSinceEpoch), thousandths: moment.nanoseconds / 1_000_000)
    }
  }

  private static func decimal(_ whole: Int, thousandths: Int) -> String {
    let digits = String(thousandths)
    return "\(whole).\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)"
  }
}
