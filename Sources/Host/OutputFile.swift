internal import Glibc

/// A file that appears under its name whole, or not at all.
///
/// What is written has no name until it is whole, so that whatever ends the run, a kill too, leaves
/// nothing behind. On file systems that know no such files (NFS, older overlayfs) it is a neighbour
/// whose name ends in `.part`, and a kill leaves that.
package struct OutputFile: ~Copyable {
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  /// Whether `temporary` is a name in the directory now.
  private var isNamed: Bool
  private let isReplacing: Bool

  /// Opens the file, so that a path that cannot be written is told before any work is done.
  ///
  /// - Parameters:
  ///   - mode: the file's permissions.
  ///   - isReplacing: whether a file that is there gives way.
  /// - Throws: when the path names a directory, or its own directory is missing or not ours to write, or
  ///   there is a file that shall stay.
  package init(
    _ path: String, mode: UInt32 = 0o600, isReplacing: Bool = true
  ) throws(OutputError) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw OutputError(path: path, call: "open", number: EISDIR)
    }
    if !isReplacing, lstat(path, &status) == 0 {
      throw OutputError(path: path, call: "open", number: EEXIST)
    }
    let directory = OutputFile.directory(of: path)
    let neighbour = "\(path).\(getpid()).part"
    let unnamed = open(directory, O_WRONLY | OutputFile.temporaryFile | O_CLOEXEC, 0o600)
    let opened =
      unnamed >= 0
      ? unnamed : open(neighbour, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard opened >= 0 else { throw OutputError(path: path, call: "open", number: errno) }
    // By the time it gets its name, root may have no capability; then only permissions count.
    guard geteuid() != 0 || OutputFile.mayRootWrite(directory) else {
      close(opened)
      if unnamed < 0 { unlink(neighbour) }
      throw OutputError(path: path, call: "open", number: EACCES)
    }
    // Whatever the umask says.
    fchmod(opened, mode)
    self.path = path
    self.isReplacing = isReplacing
    temporary = neighbour
    descriptor = opened
    isNamed = unnamed < 0
  }

  deinit {
    close(descriptor)
    if isNamed { unlink(temporary) }
  }

  /// Appends to the file.
  package func write(_ bytes: [UInt8]) throws(OutputError) {
    guard writeAll(bytes, to: descriptor) else {
      throw OutputError(path: path, call: "write", number: errno)
    }
  }

  /// Lets the file appear under its name, in the place of one that was there.
  ///
  /// - Throws: when it cannot be made to last or to appear; what was there before stays.
  package consuming func commit() throws(OutputError) {
    guard fsync(descriptor) == 0 else {
      throw OutputError(path: path, call: "fsync", number: errno)
    }
    // A link cannot replace a file, so the name is the temporary one first.
    if !isNamed {
      let link = "/proc/self/fd/\(descriptor)"
      guard linkat(AT_FDCWD, link, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0 else {
        throw OutputError(path: path, call: "link", number: errno)
      }
      isNamed = true
    }
    guard isReplacing else {
      // The temporary name goes with this value's end.
      guard link(temporary, path) == 0 else {
        throw OutputError(path: path, call: "link", number: errno)
      }
      return
    }
    guard rename(temporary, path) == 0 else {
      throw OutputError(path: path, call: "rename", number: errno)
    }
    isNamed = false
  }

  /// `O_TMPFILE` of fcntl.h, which holds `O_DIRECTORY`.
  private static var temporaryFile: Int32 { 0o20_000_000 | O_DIRECTORY }

  private static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether the permissions alone let root make a file there.
  private static func mayRootWrite(_ directory: String) -> Bool {
    var status = stat()
    guard stat(directory, &status) == 0 else { return false }
    let needed: mode_t = 0o3
    if status.st_uid == 0 { return status.st_mode >> 6 & needed == needed }
    if status.st_gid == getegid() { return status.st_mode >> 3 & needed == needed }
    return status.st_mode & needed == needed
  }
}

/// Why a file could not be written.
package struct OutputError: Error, Sendable, Hashable, CustomStringConvertible {
  package var path: String
  package var call: String
  /// The error's name and meaning.
  package var error: String
  /// Whether a file is there that shall stay.
  package var isExisting: Bool

  init(path: String, call: String, number: Int32) {
    self.path = path
    self.call = call
    error = systemErrorText(number)
    isExisting = number == EEXIST
  }

  package var description: String { "\(call) \(path): \(error)" }
}
