import Glibc
import Host

/// A file that the user named, which may be a pipe as a shell's `<(…)` is.
struct InputFile: ~Copyable {
  /// The most that is read of one, where nothing else is said.
  private static let byteLimit = 1 << 30

  private let descriptor: Int32
  private let name: String
  private let option: String
  private let expected: String

  /// Opens a file with the user's own rights.
  ///
  /// - Throws: when it cannot be opened.
  init(_ file: String, option: String, expected: String) throws(RunError) {
    name = file
    self.option = option
    self.expected = expected
    descriptor = Privileges.asUser { open(file, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw failure(errno) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Reads all of a file.
  ///
  /// - Throws: when it cannot be read, or is larger than 1 GiB.
  static func read(_ file: String, option: String, expected: String) throws(RunError) -> [UInt8] {
    try InputFile(file, option: option, expected: expected).read()
  }

  /// What the kernel says of the file that is open.
  var status: stat? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status : nil
  }

  /// Reads all of it.
  ///
  /// - Throws: when it cannot be read, or is larger.
  func read(byteLimit: Int = byteLimit) throws(RunError) -> [UInt8] {
    var bytes: [UInt8] = []
    var page = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = page.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(errno) }
      guard count > 0 else { return bytes }
      bytes += page.prefix(count)
      guard bytes.count <= byteLimit else {
        throw .usage("\(option) \"\(name)\": expected \(expected) of at most \(byteLimit) bytes")
      }
    }
  }

  private func failure(_ number: Int32) -> RunError {
    .usage("\(option) \"\(name)\": \(systemErrorText(number)); expected \(expected)")
  }
}
