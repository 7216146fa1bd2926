internal import Glibc

/// A directory that stays open, so that what is done in it is done there, whatever its path leads to later.
package final class OpenDirectory: Sendable {
  /// Where it was found, for messages alone.
  package let path: String
  let descriptor: Int32

  /// Opens a directory that is no symbolic link.
  ///
  /// - Throws: the error of open(2); ELOOP or ENOTDIR for a link.
  package init(_ path: String) throws(SpoolFileError) {
    let opened = retryingInterrupted { open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    guard opened >= 0 else { throw SpoolFileError(call: "open", path: path, number: errno) }
    self.path = path
    descriptor = opened
  }

  deinit { close(descriptor) }
}

/// Makes a call once more for as long as signals interrupt it.
func retryingInterrupted(_ call: () -> Int32) -> Int32 {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}
