import Glibc
import Host

/// Where a report goes: standard output, or a file that appears whole or not at all.
struct ReportDestination: ~Copyable {
  private let file: OutputFile?
  /// Whether the reader is a terminal that wants colours; see https://no-color.org .
  let isColoured: Bool

  /// Opens the file, so that a path that cannot be written is told before any work is done.
  ///
  /// - Parameters:
  ///   - mode: the file's permissions; by default what tells of the host is for its owner's eyes.
  ///   - isReplacing: whether a file that is there gives way.
  init(
    _ file: String?, option: String = "--output", mode: UInt32 = 0o600, isReplacing: Bool = true
  ) throws(RunError) {
    guard let file else {
      self.file = nil
      isColoured = ReportDestination.terminalWantsColours
      return
    }
    isColoured = false
    do throws(OutputError) {
      self.file = try OutputFile(file, mode: mode, isReplacing: isReplacing)
    } catch  where error.isExisting {
      throw .usage("\(option) \"\(file)\": it is there already; expected another name, or --force")
    } catch {
      throw .usage(
        "\(option) \"\(file)\": \(error.error); expected a file in a directory that user \(geteuid()) "
          + "may write")
    }
  }

  /// Writes everything, and lets the file appear under its name.
  consuming func write(_ bytes: [UInt8]) throws(RunError) {
    guard let file else {
      // A reader that closed its end early, as "head" does, has what it wanted.
      guard writeAll(bytes, to: STDOUT_FILENO) || errno == EPIPE else {
        throw .unknown("standard output: \(systemErrorText(errno))")
      }
      return
    }
    do throws(OutputError) {
      try file.write(bytes)
      try file.commit()
    } catch {
      throw .unknown("\(error)")
    }
  }

  private static var terminalWantsColours: Bool {
    guard isatty(STDOUT_FILENO) == 1 else { return false }
    let isRefused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    let isDumb = getenv("TERM").map { strcmp($0, "dumb") == 0 } ?? true
    return !isRefused && !isDumb
  }
}
