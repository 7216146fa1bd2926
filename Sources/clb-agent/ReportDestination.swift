import Glibc
import Host

/// Where a report goes: standard output, or a file that appears whole or not at all.
struct ReportDestination {
  private let file: String?
  /// The file's name until it is whole; `nil` while it has no name at all.
  private let temporary: String
  private let isUnnamed: Bool
  private let descriptor: Int32

  /// Opens a file without a name, so that a path that cannot be written is told before any work is
  /// done, and a run that is killed leaves nothing behind.
  init(_ file: String?, option: String = "--output") throws(RunError) {
    self.file = file
    guard let file else {
      (temporary, isUnnamed, descriptor) = ("", false, STDOUT_FILENO)
      return
    }
    let directory = ReportDestination.directory(of: file)
    temporary = "\(file).\(getpid()).part"
    // Whatever the report tells of the host is for its owner's eyes.
    let unnamed = open(directory, O_WRONLY | ReportDestination.temporaryFile | O_CLOEXEC, 0o600)
    isUnnamed = unnamed >= 0
    // Some file systems (NFS, older overlayfs) know no files without a name.
    descriptor =
      isUnnamed
      ? unnamed
      : open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw .usage("\(option) \"\(file)\": \(systemErrorText(errno)); expected a file we may write")
    }
    // Later on the agent has no capability, and then only a directory's own permissions count.
    guard geteuid() != 0 || ReportDestination.isOurs(directory),
      !ReportDestination.isDirectory(file)
    else {
      discard()
      throw .usage(
        "\(option) \"\(file)\": expected a file in a directory that user \(geteuid()) may write")
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
    guard isWritten, fsync(descriptor) == 0, name(), close(descriptor) == 0,
      rename(temporary, file) == 0
    else {
      let error = systemErrorText(isWritten ? errno : failure)
      unlink(temporary)
      throw .unknown("\(file): \(error)")
    }
  }

  /// Gives the file its temporary name. A file that has a name already cannot be replaced by a link.
  private func name() -> Bool {
    guard isUnnamed else { return true }
    return linkat(
      AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0
  }

  /// Gives the file up when there is nothing to write.
  func discard() {
    guard file != nil else { return }
    close(descriptor)
    if !isUnnamed { unlink(temporary) }
  }

  /// `O_TMPFILE`, which Glibc's module does not show.
  private static var temporaryFile: Int32 { 0o20_000_000 | O_DIRECTORY }

  private static func directory(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  private static func isDirectory(_ file: String) -> Bool {
    var status = stat()
    return stat(file, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether the permissions alone let root make a file there.
  private static func isOurs(_ directory: String) -> Bool {
    var status = stat()
    guard stat(directory, &status) == 0 else { return false }
    let needed = mode_t(0o3)
    if status.st_uid == geteuid() { return status.st_mode >> 6 & needed == needed }
    if status.st_gid == getegid() { return status.st_mode >> 3 & needed == needed }
    return status.st_mode & needed == needed
  }
}
