import Glibc
import Host

/// Where a report goes: standard output, or a file that appears whole or not at all.
struct ReportDestination {
  private let file: String?
  private let temporary: String
  private let descriptor: Int32

  /// Opens the file's temporary neighbour, so that a path that cannot be written is told before any
  /// work is done.
  init(_ file: String?) throws(RunError) {
    self.file = file
    guard let file else {
      temporary = ""
      descriptor = STDOUT_FILENO
      return
    }
    temporary = "\(file).\(getpid()).part"
    // Whatever the report tells of the host is for its owner's eyes.
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw .usage("--output \"\(file)\": \(systemErrorText(errno)); expected a file we may write")
    }
  }

  /// Whether the reader is a terminal that wants colours; see https://no-color.org .
  var isColoured: Bool {
    guard file == nil, isatty(STDOUT_FILENO) == 1 else { return false }
    let isRefused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    let isDumb = getenv("TERM").map { strcmp($0, "dumb") == 0 } ?? true
    return !isRefused && !isDumb
  }

  /// Writes everything, and lets the file appear under its name.
  func write(_ bytes: [UInt8]) throws(RunError) {
    let isWritten = writeAll(bytes, to: descriptor)
    let failure = errno
    guard let file else {
      // A reader that closed its end early, as "head" does, has what it wanted.
      guard isWritten || failure == EPIPE else {
        throw .unknown("standard output: \(systemErrorText(failure))")
      }
      return
    }
    guard isWritten, fsync(descriptor) == 0, close(descriptor) == 0, rename(temporary, file) == 0
    else {
      let error = systemErrorText(isWritten ? errno : failure)
      unlink(temporary)
      throw .unknown("--output \"\(file)\": \(error)")
    }
  }

  /// Takes the temporary file away when there is nothing to write.
  func discard() {
    guard file != nil else { return }
    close(descriptor)
    unlink(temporary)
  }
}
