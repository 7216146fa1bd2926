import Reporting

extension Timestamp {
  /// Nanoseconds since 1970, as OTLP counts; 0, which it reads as unknown, before then and behind the year 2554.
  var unixNanoseconds: UInt64 {
    guard secondsSinceEpoch >= 0 else { return 0 }
    let (product, overflow) = UInt64(secondsSinceEpoch).multipliedReportingOverflow(
      by: 1_000_000_000)
    let (sum, carry) = product.addingReportingOverflow(UInt64(nanoseconds))
    return overflow || carry ? 0 : sum
  }
}
