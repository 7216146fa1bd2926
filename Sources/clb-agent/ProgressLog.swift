import Glibc
import Logging

/// What is being done, on standard error: when asked for, or while a person waits.
struct ProgressLog: Sendable {
  private let logger: Logger?
  private let showsProgress: Bool

  init(isVerbose: Bool) {
    logger =
      isVerbose
      ? Logger(label: "clb-agent") { StreamLogHandler.standardError(label: $0) } : nil
    showsProgress = !isVerbose && isatty(STDERR_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
  }

  /// Something begins that may take a while.
  func begin(_ what: String) {
    logger?.info("\(what)")
    if showsProgress { StandardError.write("\r\u{1b}[K\(what) …") }
  }

  /// Everything is done; what was shown is wiped before the report.
  func end() {
    if showsProgress { StandardError.write("\r\u{1b}[K") }
  }
}
