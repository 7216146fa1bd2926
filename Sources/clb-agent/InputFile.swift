import Glibc
import Host

/// A file that the user named, which may be a pipe as a shell's `<(…)` is.
enum InputFile {
  /// The most that is read of one.
  private static let byteLimit = 1 << 30

  /// Reads all of it with the permissions of the user who started the agent, and no capability's.
  ///
  /// access(2) judges by the real user. The path is asked before it is opened, and the open file again,
  /// so that a name that changes in between opens nothing more.
  ///
  /// - Throws: when it cannot be read, or is larger than 1 GiB.
  static func readAsUser(
    _ file: String, option: String, expected: String
  ) throws(RunError) -> [UInt8] {
    guard access(file, R_OK) == 0 else {
      throw .usage("\(option) \"\(file)\": \(systemErrorText(errno)); expected \(expected)")
    }
    return try read(file, option: option, expected: expected, isUserAsked: true)
  }

  /// Reads all of it.
  ///
  /// - Throws: when it cannot be read, or is larger than 1 GiB.
  static func read(
    _ file: String, option: String, expected: String, isUserAsked: Bool = false
  ) throws(RunError) -> [UInt8] {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .usage("\(option) \"\(file)\": \(systemErrorText(errno)); expected \(expected)")
    }
    defer { close(descriptor) }
    if isUserAsked, access("/proc/self/fd/\(descriptor)", R_OK) != 0, errno == EACCES {
      throw .usage("\(option) \"\(file)\": \(systemErrorText(EACCES)); expected \(expected)")
    }
    var bytes: [UInt8] = []
    var page = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = page.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw .usage("\(option) \"\(file)\": \(systemErrorText(errno)); expected \(expected)")
      }
      guard count > 0 else { return bytes }
      bytes += page.prefix(count)
      guard bytes.count <= byteLimit else {
        throw .usage("\(option) \"\(file)\": expected \(expected) of at most \(byteLimit) bytes")
      }
    }
  }
}
