import Reporting

/// Why a run cannot give a report at all.
struct RunError: Error, CustomStringConvertible {
  /// 64 for what the caller can mend on the command line, 3 for what nobody could find out, 75 for what may
  /// go well later.
  var status: Int32
  var description: String
  /// Several errors, where there is more to tell than one.
  var lines: [String] = []

  static func usage(_ description: String) -> RunError {
    RunError(status: 64, description: description)
  }

  /// Several errors that the caller can mend, each told in a line of its own.
  static func usage(lines: [String]) -> RunError {
    RunError(status: 64, description: lines.joined(separator: "; "), lines: lines)
  }

  /// `EX_TEMPFAIL` of sysexits(3).
  static let tryLater: Int32 = 75

  static let unknownStatus: Int32 = 3

  static func unknown(_ description: String) -> RunError {
    RunError(status: unknownStatus, description: description)
  }
}
