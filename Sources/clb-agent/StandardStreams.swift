import Glibc

/// Writes all bytes to a descriptor; where that fails the answer is false, and `errno` says why.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return false }
    rest = rest.dropFirst(count)
  }
  return true
}

/// Standard output, for what was asked for.
enum StandardOutput {
  static func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDOUT_FILENO) }
}

/// Standard error, for everything else.
enum StandardError {
  static func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}
