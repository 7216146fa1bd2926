import Subprocess
import SystemPackage
import Testing

/// What a shell makes of a line.
enum Shell {
  /// The words that a command would get.
  static func words(of line: String) async throws -> [String] {
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", "printf '%s\\n' \(line)"],
      output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
    try #require(result.terminationStatus.isSuccess)
    return result.standardOutput.split(separator: "\n").map(String.init)
  }
}
