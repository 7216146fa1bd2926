import Reporting

/// Why a run cannot give a report at all.
struct RunError: Error, CustomStringConvertible {
  /// 64 for what the caller can mend on the command line, 3 for what nobody could find out.
  var status: Int32
  var description: String

  static func usage(_ description: String) -> RunError {
    RunError(status: 64, description: description)
  }

  static func unknown(_ description: String) -> RunError {
    RunError(status: 3, description: description)
  }
}
