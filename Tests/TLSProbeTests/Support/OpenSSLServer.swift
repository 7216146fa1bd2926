import Glibc
import TestSupport

/// `openssl s_server` on a port of the kernel's choice, with a certificate made for it.
///
/// It answers GET with a page about the session and leaves HEAD unanswered. Ended with the value.
final class OpenSSLServer {
  let port: UInt16
  private let process: pid_t
  private let output: Int32

  /// The tool's path; `nil` when this machine has none.
  static let path = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first { (path: String) in
    access(path, X_OK) == 0
  }

  /// - Parameter arguments: options of s_server behind those that every one has.
  init(_ arguments: [String] = [], identity: SelfSignedIdentity) throws {
    (process, output) = try spawn(
      [
        "s_server", "-accept", "127.0.0.1:0", "-www", "-key", identity.keyPath, "-cert",
        identity.certificatePath,
      ] + arguments)
    var text = ""
    var port: UInt16?
    while port == nil, let line = readLine(from: output) {
      text += line + "\n"
      if line.hasPrefix("ACCEPT "), let last = line.split(separator: ":").last {
        port = UInt16(last)
      }
    }
    guard let port else {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
      close(output)
      throw ToolFailed(output: text)
    }
    self.port = port
  }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    close(output)
  }
}

/// A key and a certificate for `shop.example` in a directory of their own, removed with the value.
final class SelfSignedIdentity: Sendable {
  private let directory: TemporaryDirectory
  var keyPath: String { directory.path + "/key.pem" }
  var certificatePath: String { directory.path + "/certificate.pem" }

  init() throws {
    guard let made = TemporaryDirectory() else { throw ToolFailed(output: "mkdtemp") }
    directory = made
    let (process, output) = try spawn([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
      "2",
      "-subj", "/CN=shop.example", "-keyout", keyPath, "-out", certificatePath,
    ])
    var text = ""
    while let line = readLine(from: output) { text += line + "\n" }
    close(output)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    guard status == 0 else { throw ToolFailed(output: text) }
  }
}

struct ToolFailed: Error {
  var output: String
}

/// Starts the tool with both its outputs in one stream.
///
/// That is a socket and no pipe, because it can be kept from other tests' tools without a race.
private func spawn(_ arguments: [String]) throws -> (process: pid_t, output: Int32) {
  guard let path = OpenSSLServer.path else { throw ToolFailed(output: "there is no openssl") }
  var ends: [Int32] = [0, 0]
  let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
  guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw ToolFailed(output: "socketpair") }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
  posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
  var words: [UnsafeMutablePointer<CChar>?] = (["openssl"] + arguments).map { strdup($0) } + [nil]
  defer { words.forEach { free($0) } }
  var process: pid_t = 0
  let status = posix_spawn(&process, path, &actions, nil, &words, environ)
  close(ends[1])
  guard status == 0 else {
    close(ends[0])
    throw ToolFailed(output: "posix_spawn: \(status)")
  }
  return (process, ends[0])
}

/// Reads up to a line end; `nil` at the end of the output.
private func readLine(from descriptor: Int32) -> String? {
  var line = ""
  var byte: UInt8 = 0
  while read(descriptor, &byte, 1) == 1 {
    if byte == UInt8(ascii: "\n") { return line }
    line.unicodeScalars.append(UnicodeScalar(byte))
  }
  return line.isEmpty ? nil : line
}
