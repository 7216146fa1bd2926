import Glibc
import Subprocess
import SystemPackage

/// A program of the machine that the tests ask for its opinion.
enum DebianTool {
  struct Run: Sendable {
    /// `nil` where a signal ended it.
    var status: Int32?
    var output: String
    var errors: String
  }

  static func path(_ name: String) -> String? {
    ["/usr/sbin", "/usr/bin", "/sbin", "/bin"].map { "\($0)/\(name)" }.first {
      access($0, X_OK) == 0
    }
  }

  static func has(_ names: String...) -> Bool { names.allSatisfy { path($0) != nil } }

  static func run(_ name: String, _ arguments: [String], input: String = "") async throws -> Run {
    let result = try await Subprocess.run(
      .path(FilePath(path(name) ?? name)), arguments: Arguments(arguments),
      input: .string(input), output: .string(limit: 1 << 22), error: .string(limit: 1 << 20))
    var status: Int32?
    if case .exited(let code) = result.terminationStatus { status = code }
    return Run(status: status, output: result.standardOutput, errors: result.standardError)
  }
}
