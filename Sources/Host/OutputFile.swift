internal import Glibc

/// A file that appears under its name whole, or not at all.
///
/// What is written goes to a neighbour whose name ends in `.part`. That is taken away again when the
/// value ends without a `commit`, whatever the reason is: an error that is thrown on the way takes it
/// with it. Only a kill leaves it behind.
package struct OutputFile: ~Copyable {
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private var isCommitted = false

  /// Opens the neighbour, so that a path that cannot be written is told before any work is done.
  ///
  /// - Throws: when the path names a directory, or its own directory is missing or not ours to write.
  package init(_ path: String) throws(OutputError) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw OutputError(path: path, call: "open", number: EISDIR)
    }
    let neighbour = "\(path).\(getpid()).part"
    // What is written tells of the host, and so is for its owner's eyes.
    let opened = open(neighbour, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard opened >= 0 else { throw OutputError(path: path, call: "open", number: errno) }
    self.path = path
    temporary = neighbour
    descriptor = opened
  }

  deinit {
    close(descriptor)
    if !isCommitted { unlink(temporary) }
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
    guard rename(temporary, path) == 0 else {
      throw OutputError(path: path, call: "rename", number: errno)
    }
    isCommitted = true
  }
}

/// Why a file could not be written.
package struct OutputError: Error, Sendable, Hashable, CustomStringConvertible {
  package var path: String
  package var call: String
  /// The error's name and meaning.
  package var error: String

  init(path: String, call: String, number: Int32) {
    self.path = path
    self.call = call
    error = systemErrorText(number)
  }

  package var description: String { "\(call) \(path): \(error)" }
}
