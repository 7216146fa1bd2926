import Glibc
import Host

/// Standard output, for what was asked for.
enum StandardOutput {
  static func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDOUT_FILENO) }
}

/// Standard error, for everything else.
enum StandardError {
  static func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}
