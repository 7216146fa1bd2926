internal import Glibc
internal import Host

/// Whether a program that root is to run can be replaced by others.
enum ProgramSafety {
  /// - Throws: `unsafeProgram` where the program is missing or cannot be run, or, for a job of root, where
  ///   somebody else may write it or a directory on the way to it.
  static func check(_ job: ScheduledJob) throws(ScheduleError) {
    guard let resolved = realpath(job.program, nil) else {
      throw .unsafeProgram(path: job.program, reason: systemErrorText(errno))
    }
    defer { free(resolved) }
    guard access(resolved, X_OK) == 0 else {
      throw .unsafeProgram(path: job.program, reason: systemErrorText(errno))
    }
    guard job.isRoots else { return }
    var path = String(cString: resolved)
    while true {
      try checkOwner(of: path, program: job.program)
      guard path != "/", let slash = path.lastIndex(of: "/") else { return }
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
  }

  private static func checkOwner(of path: String, program: String) throws(ScheduleError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .unsafeProgram(path: program, reason: "\(path): \(systemErrorText(errno))")
    }
    let isDirectory = status.st_mode & S_IFMT == S_IFDIR
    // In a directory with the sticky bit others cannot replace what is not theirs.
    let isSticky = isDirectory && status.st_mode & S_ISVTX != 0
    guard status.st_uid == 0 else {
      throw .unsafeProgram(path: program, reason: "\(path) belongs to user \(status.st_uid)")
    }
    guard status.st_mode & 0o022 == 0 || isSticky else {
      throw .unsafeProgram(path: program, reason: "others than root may write \(path)")
    }
  }
}
