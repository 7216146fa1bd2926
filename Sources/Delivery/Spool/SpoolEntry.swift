package import Reporting

/// One report in a directory of the spool, as its file's name tells: `1772352930123-r5.report`.
package struct SpoolEntry: Sendable, Hashable {
  /// When the report was taken, in milliseconds since 1970; it orders reports and nothing else.
  package var milliseconds: Int64
  package var reportID: String
  /// The file's size.
  package var bytes: Int

  /// - Throws: when the report's id cannot be part of a file's name.
  init(takenAt: Timestamp, reportID: String, bytes: Int) throws(SpoolError) {
    guard Self.isUsable(reportID) else { throw .unusableReportID(reportID) }
    milliseconds = max(0, takenAt.millisecondsSinceEpoch)
    self.reportID = reportID
    self.bytes = bytes
  }

  /// Parses a file's name; `nil` for what is no report's.
  package init?(parsing file: SpoolFile) {
    let suffix = SpoolEntry.suffix
    guard file.name.hasSuffix(suffix), let dash = file.name.firstIndex(of: "-") else { return nil }
    let digits = file.name[..<dash]
    let id = file.name[file.name.index(after: dash)...].dropLast(suffix.count)
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), digits.utf8.count >= 13,
      let milliseconds = Int64(digits), Self.isUsable(String(id))
    else { return nil }
    self.milliseconds = milliseconds
    reportID = String(id)
    bytes = file.bytes
  }

  /// The file's name.
  package var name: String {
    let digits = String(milliseconds)
    let padding = String(repeating: "0", count: max(0, 13 - digits.count))
    return "\(padding)\(digits)-\(reportID)\(Self.suffix)"
  }

  package var takenAt: Timestamp {
    Timestamp(
      secondsSinceEpoch: milliseconds / 1000, nanoseconds: Int(milliseconds % 1000) * 1_000_000)
  }

  private static let suffix = ".report"

  /// As Docs/report.md has it: 1 to 64 letters, digits, `.`, `_` and `-`.
  private static func isUsable(_ id: String) -> Bool {
    (1...64).contains(id.utf8.count)
      && id.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || [0x2D, 0x2E, 0x5F].contains(byte)
      }
  }
}

extension SpoolEntry: Comparable {
  /// Older first; reports of one moment in the order of their ids.
  package static func < (one: SpoolEntry, other: SpoolEntry) -> Bool {
    (one.milliseconds, one.reportID) < (other.milliseconds, other.reportID)
  }
}
