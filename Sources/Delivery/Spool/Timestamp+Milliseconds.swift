internal import Reporting

extension Timestamp {
  /// Since 1970; negative before.
  var millisecondsSinceEpoch: Int64 { secondsSinceEpoch * 1000 + Int64(nanoseconds / 1_000_000) }

  /// The moment so many seconds later.
  func adding(seconds: Int) -> Timestamp {
    let (sum, isOver) = secondsSinceEpoch.addingReportingOverflow(Int64(seconds))
    return Timestamp(secondsSinceEpoch: isOver ? .max : sum, nanoseconds: nanoseconds)
  }
}
