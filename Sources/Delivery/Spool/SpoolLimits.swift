/// How much one queue keeps; the oldest reports go first.
package struct SpoolLimits: Sendable, Hashable {
  package var files: Int
  /// Of all files together; the newest report stays, however large it is.
  package var bytes: Int
  /// Seconds since a report was taken.
  package var age: Int

  /// - Parameters:
  ///   - files: more than a month of one report each five minutes.
  ///   - age: a week, which covers an outage that nobody looked at over a holiday.
  package init(files: Int = 10_000, bytes: Int = 64 << 20, age: Int = 7 * 86_400) {
    self.files = files
    self.bytes = bytes
    self.age = age
  }

  /// What is set aside, damaged or rejected, of each queue: for people to look at, no more.
  package static let setAside = SpoolLimits(files: 100, bytes: 4 << 20, age: 30 * 86_400)

  /// The entries that go, oldest first.
  ///
  /// Age is judged by the wall clock. A report of the future, as a clock that was wrong makes them, is not old.
  /// A file that is larger than reports can be is none, and takes no other's place.
  ///
  /// - Parameters:
  ///   - entries: oldest first.
  ///   - milliseconds: now, since 1970.
  func excess(of entries: [SpoolEntry], at milliseconds: Int64) -> ArraySlice<SpoolEntry> {
    func size(_ entry: SpoolEntry) -> Int {
      entry.bytes <= SpoolFrame.fileLimit ? entry.bytes : 0
    }
    var bytes = entries.reduce(0) { $0 + size($1) }
    var count = 0
    while count < entries.count {
      let entry = entries[count]
      let isLast = count == entries.count - 1
      let isOver = entries.count - count > files || bytes > self.bytes && !isLast
      let isOld = milliseconds - entry.milliseconds > Int64(age) * 1000
      guard isOver || isOld else { break }
      bytes -= size(entry)
      count += 1
    }
    return entries[..<count]
  }
}
