internal import Glibc
internal import Host

/// The files of a directory on this machine.
package struct POSIXSpoolFiles: SpoolFiles {
  private let directory: OpenDirectory

  package init(_ directory: OpenDirectory) { self.directory = directory }

  package func describe(_ path: String) -> String {
    path == "." ? directory.path : "\(directory.path)/\(path)"
  }

  package func makeDirectory(_ path: String) throws(SpoolFileError) {
    if mkdirat(directory.descriptor, path, 0o700) == 0 { return }
    guard errno == EEXIST else { throw failure("mkdir", path) }
    var status = stat()
    guard fstatat(directory.descriptor, path, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      throw failure("stat", path)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw failure("mkdir", path, ENOTDIR) }
  }

  package func list(_ path: String) throws(SpoolFileError) -> [SpoolFile] {
    let opened = try open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    guard let stream = fdopendir(opened) else {
      let number = errno
      close(opened)
      throw failure("opendir", path, number)
    }
    defer { closedir(stream) }
    var files: [SpoolFile] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." {
        var status = stat()
        let isThere = fstatat(opened, name, &status, AT_SYMLINK_NOFOLLOW) == 0
        files.append(SpoolFile(name: name, bytes: isThere ? Int(status.st_size) : 0))
      }
      errno = 0
    }
    guard errno == 0 else { throw failure("readdir", path) }
    return files
  }

  package func create(_ path: String, _ bytes: [UInt8]) throws(SpoolFileError) {
    let file = try open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
    let written = write(bytes, to: file, path)
    // The descriptor is gone whatever close(2) says, but an error of a late write may come with it.
    let closed = close(file) == 0 ? nil : failure("close", path)
    guard let error = written ?? closed else { return }
    unlinkat(directory.descriptor, path, 0)
    throw error
  }

  private func write(_ bytes: [UInt8], to file: Int32, _ path: String) -> SpoolFileError? {
    guard writeAll(bytes, to: file) else { return failure("write", path) }
    guard retryingInterrupted({ fsync(file) }) == 0 else { return failure("fsync", path) }
    return nil
  }

  package func read(_ path: String, limit: Int) throws(SpoolFileError) -> [UInt8] {
    // What was a FIFO would otherwise be waited for.
    let file = try open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure("stat", path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw failure("read", path, EINVAL) }
    var bytes: [UInt8] = []
    // The size is a hint: the file is read until its end.
    bytes.reserveCapacity(min(Int(status.st_size), limit) + 1)
    while true {
      var count = 0
      let room = min(limit + 1 - bytes.count, 1 << 16)
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        repeat {
          count = Glibc.read(file, buffer.baseAddress, room)
        } while count < 0 && errno == EINTR
        filled = max(0, count)
      }
      guard count >= 0 else { throw failure("read", path) }
      if count == 0 { return bytes }
      bytes += chunk
      guard bytes.count <= limit else { throw failure("read", path, EFBIG) }
    }
  }

  package func link(_ path: String, to other: String) throws(SpoolFileError) {
    let here = directory.descriptor
    guard linkat(here, path, here, other, 0) == 0 else { throw failure("link", other) }
  }

  package func rename(_ path: String, to other: String) throws(SpoolFileError) {
    let here = directory.descriptor
    guard renameat(here, path, here, other) == 0 else { throw failure("rename", other) }
  }

  package func remove(_ path: String) throws(SpoolFileError) {
    if unlinkat(directory.descriptor, path, 0) == 0 { return }
    guard errno == EISDIR else { throw failure("unlink", path) }
    guard unlinkat(directory.descriptor, path, AT_REMOVEDIR) == 0 else {
      throw failure("rmdir", path)
    }
  }

  package func synchronize(_ path: String) throws(SpoolFileError) {
    let opened = try open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    defer { close(opened) }
    guard retryingInterrupted({ fsync(opened) }) == 0 else { throw failure("fsync", path) }
  }

  private func open(_ path: String, _ flags: Int32) throws(SpoolFileError) -> Int32 {
    let opened = retryingInterrupted {
      openat(directory.descriptor, path, flags | O_CLOEXEC, 0o600)
    }
    guard opened >= 0 else { throw failure("open", path) }
    return opened
  }

  private func failure(_ call: String, _ path: String, _ number: Int32 = errno) -> SpoolFileError {
    SpoolFileError(call: call, path: describe(path), number: number)
  }
}
