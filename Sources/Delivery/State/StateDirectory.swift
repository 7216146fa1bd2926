internal import Glibc
internal import Host

/// Where the agent keeps what outlasts a run: the spool, and the history of verdicts.
package struct StateDirectory: Sendable {
  package let path: String
  package let files: POSIXSpoolFiles
  private let directory: OpenDirectory

  package static let standardPath = "/var/lib/clb-agent"

  /// Opens the directory, and makes it if only it is missing.
  ///
  /// - Throws: when it is a symbolic link, belongs to someone else, or others may write to it: whoever can
  ///   change names in it could direct our writes.
  package init(opening path: String) throws(StateDirectoryError) {
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      let failure = SpoolFileError(call: "mkdir", path: path, number: errno)
      var status = stat()
      // Where the file system is read-only or the parent not ours, it may be there all the same.
      guard lstat(path, &status) == 0 else { throw .system(failure) }
    }
    try self.init(existing: path)
  }

  /// Opens the directory, which must be there.
  ///
  /// - Throws: as `init(opening:)`.
  package init(existing path: String) throws(StateDirectoryError) {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      throw .system(SpoolFileError(call: "stat", path: path, number: errno))
    }
    if status.st_mode & S_IFMT == S_IFLNK { throw .symbolicLink(path) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .noDirectory(path) }
    do throws(SpoolFileError) {
      directory = try OpenDirectory(path)
    } catch {
      throw .system(error)
    }
    // What is open now is what counts; the path may lead elsewhere since.
    guard fstat(directory.descriptor, &status) == 0 else {
      throw .system(SpoolFileError(call: "stat", path: path, number: errno))
    }
    guard status.st_uid == geteuid() else {
      throw .otherOwner(path, owner: status.st_uid, expected: geteuid())
    }
    guard status.st_mode & 0o022 == 0 else {
      throw .writableByOthers(path, mode: UInt32(status.st_mode & 0o7777))
    }
    self.path = path
    files = POSIXSpoolFiles(directory)
  }

  /// Takes the directory's lock, which ends with the value or the process, whatever ends that.
  ///
  /// A process that is forked while it is held holds it too.
  ///
  /// - Throws: when another run has it.
  package func lock() throws(StateDirectoryError) -> StateLock {
    try StateLock(in: directory)
  }
}
