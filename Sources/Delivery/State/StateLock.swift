internal import Glibc
internal import Host

/// The right to change the state directory: one run at a time has it.
package struct StateLock: ~Copyable {
  private let descriptor: Int32

  init(in directory: OpenDirectory) throws(StateDirectoryError) {
    let path = "\(directory.path)/lock"
    let opened = retryingInterrupted {
      openat(directory.descriptor, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }
    guard opened >= 0 else {
      throw .system(SpoolFileError(call: "open", path: path, number: errno))
    }
    guard retryingInterrupted({ flock(opened, LOCK_EX | LOCK_NB) }) == 0 else {
      let number = errno
      defer { close(opened) }
      guard number == EWOULDBLOCK else {
        throw .system(SpoolFileError(call: "flock", path: path, number: number))
      }
      throw .locked(path, holder: Self.holder(opened))
    }
    descriptor = opened
    // Only for the message of a run that finds the lock taken: on a full disk it goes without.
    if ftruncate(opened, 0) == 0 { _ = writeAll(Array("\(getpid())\n".utf8), to: opened) }
  }

  deinit { close(descriptor) }

  /// The process that the lock's file names.
  private static func holder(_ descriptor: Int32) -> Int32? {
    withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) { buffer in
      let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
      guard count > 0 else { return nil }
      return Int32(String(decoding: buffer.prefix(count).prefix { $0 != 0x0A }, as: UTF8.self))
    }
  }
}
