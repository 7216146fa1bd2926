internal import Reporting

/// Why a report could not be spooled, or the spool not be used.
package enum SpoolError: Error, Sendable, Hashable {
  /// A file operation failed.
  case files(SpoolFileError)
  /// No room even after older reports were dropped.
  ///
  /// - Parameter dropped: how many.
  case full(SpoolFileError, dropped: Int)
  /// A report's id that cannot be part of a file's name.
  case unusableReportID(String)
  case tooLarge(bytes: Int, limit: Int)
}

extension SpoolError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .files(let error): error.description
    case .full(let error, let dropped):
      "\(error); after dropping \(dropped) older reports there was still no room"
    case .unusableReportID(let id):
      "report id \"\(HostText.terminal(HostText.cut(id, toScalars: 80)))\": "
        + "expected 1 to 64 letters, digits, \".\", \"_\" and \"-\""
    case .tooLarge(let bytes, let limit):
      "a report of \(bytes) bytes: expected at most \(limit)"
    }
  }
}
