internal import CLinux
internal import Glibc

/// The directory that absolute paths start from: this machine's own root, or another one mounted here.
///
/// Another root is a world of its own: its symbolic links mean its own files, and neither they nor
/// `..` lead out of it. So a link of a container to `/etc/shadow` does not show the host's.
struct RootDirectory: Sendable, Hashable {
  /// `nil` for this machine's own root.
  private let directory: String?
  private let asksKernel: Bool

  init() {
    directory = nil
    asksKernel = true
  }

  /// - Parameter asksKernel: whether openat2(2) may be used where this kernel has it.
  init(_ directory: String, asksKernel: Bool = true) {
    self.directory = directory
    self.asksKernel = asksKernel
  }

  /// Opens a file; the caller closes the descriptor.
  func open(_ path: String, _ flags: Int32) -> Result<Int32, SystemCallError> {
    let flags = flags | O_CLOEXEC
    guard let directory else { return .descriptor(Glibc.open(path, flags)) }
    let root = Glibc.open(directory, clb_open_path_only | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { return .failure(.last) }
    defer { close(root) }
    if asksKernel {
      let opened = inRoot(root, path, flags)
      // Seccomp filters of container runtimes of that time refuse calls that they do not know.
      guard case .failure(let error) = opened, error.number == ENOSYS || error.number == EPERM
      else {
        return opened
      }
    }
    var walk = PathWalk(from: root)
    return walk.open(path, flags)
  }

  /// Where a symbolic link points, as it is written there.
  func linkTarget(_ path: String) -> Result<String, SystemCallError> {
    guard directory != nil, let slash = path.lastIndex(of: "/") else {
      return readLinkTarget(path, in: AT_FDCWD)
    }
    return open(String(path[...slash]), clb_open_path_only | O_DIRECTORY).flatMap { parent in
      defer { close(parent) }
      return readLinkTarget(String(path[path.index(after: slash)...]), in: parent)
    }
  }

  private func inRoot(
    _ root: Int32, _ path: String, _ flags: Int32
  ) -> Result<Int32, SystemCallError> {
    // EAGAIN: something was renamed while ".." was followed; once more, and then it is an error.
    for _ in 0..<8 {
      let descriptor = clb_open_in_root(root, path, flags)
      if descriptor >= 0 || errno != EAGAIN { return .descriptor(descriptor) }
    }
    return .failure(SystemCallError(number: EAGAIN))
  }
}

/// An error number of a system call.
struct SystemCallError: Error, Hashable {
  var number: Int32

  /// That of the call just made.
  static var last: SystemCallError { SystemCallError(number: errno) }
}

extension Result<Int32, SystemCallError> {
  /// What a call that gives a descriptor, or -1 and an error number, gave.
  static func descriptor(_ value: Int32) -> Self {
    value >= 0 ? .success(value) : .failure(.last)
  }
}

/// Where a symbolic link points, relative to a directory.
func readLinkTarget(_ path: String, in directory: Int32) -> Result<String, SystemCallError> {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
    guard let start = buffer.baseAddress else { return .failure(SystemCallError(number: ENOMEM)) }
    let count = readlinkat(directory, path, start, buffer.count)
    guard count >= 0 else { return .failure(.last) }
    let bytes = UnsafeRawBufferPointer(buffer).prefix(count)
    return .success(String(decoding: bytes, as: UTF8.self))
  }
}
